import Cluster
import ClusterSimulator
import Platform
import Testing

/// Calls of a node whose registry is Consul, while things fail.
struct ConsulRoutingTests {
    /// After a crash, no call goes to the dead instance later than this: its check's time to
    /// live, the agent's lateness, and the way of the news to the caller.
    private static let bound = Duration.seconds(6) + .milliseconds(100)

    /// Calls until `end`; every call must be answered. Says when an attempt last met the dead.
    private func callAll(
        _ town: Town, until end: Duration, avoiding dead: String
    ) async throws -> Int {
        var count = 0
        while town.simulation.now < end {
            let answer = try await town.greet()
            #expect(answer != nil && answer != dead, "at \(town.simulation.now)")
            count += 1
            try await town.rest(.milliseconds(50))
        }
        return count
    }

    @Test func `calls are answered by all instances`() throws {
        try simulated { simulation in
            let town = try await Town(simulation)
            var answers: Set<String> = []
            for _ in 0..<40 { answers.insert(try await town.greet() ?? "nobody") }
            #expect(answers == ["server 1", "server 2", "server 3"])
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a dead instance gets no call after its time to live`(seed: UInt64) throws {
        let report = try simulated(seed: seed) { simulation in
            let town = try await Town(simulation)
            try await town.rest(.seconds(3))
            town.servers[0].process.crash()
            let begin = simulation.now
            _ = try await callAll(town, until: begin + Self.bound, avoiding: "server 1")
            let dead = DeadLetters(town, "server 1")
            _ = try await callAll(town, until: begin + .seconds(60), avoiding: "server 1")
            #expect(dead.count == 0)
        }.report
        #expect(report.count("consul: check expired") > 0)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a leader's end delays the news by an election at most`(seed: UInt64) throws {
        try simulated(seed: seed) { simulation in
            let town = try await Town(simulation)
            try await town.rest(.seconds(3))
            town.servers[0].process.crash()
            let begin = simulation.now
            simulation.after(.seconds(5)) { town.consul.killLeader() }
            _ = try await callAll(town, until: begin + .seconds(12), avoiding: "server 1")
            let dead = DeadLetters(town, "server 1")
            _ = try await callAll(town, until: begin + .seconds(60), avoiding: "server 1")
            #expect(dead.count == 0)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `news that was lost on the way comes with the end of the watch`(seed: UInt64) throws {
        // The watch's wait and its sixteenth, what the client adds, its rest, and some calls.
        let bound = Duration.seconds(30) + .seconds(30) / 16 + .seconds(4 + 2 + 1)
        try simulated(seed: seed) { simulation in
            let town = try await Town(simulation)
            try await town.rest(.seconds(3))
            town.network.cut(from: [Town.agent(of: "desk")], to: ["desk"])
            town.servers[0].process.crash()
            let begin = simulation.now
            simulation.after(.seconds(20)) { town.network.heal() }
            _ = try await callAll(town, until: begin + bound, avoiding: "server 1")
            let dead = DeadLetters(town, "server 1")
            _ = try await callAll(town, until: begin + .seconds(60), avoiding: "server 1")
            #expect(dead.count == 0)
        }
    }

    @Test func `calls go on while Consul is away and after its index went back`() throws {
        try simulated { simulation in
            let town = try await Town(simulation)
            try await town.rest(.seconds(3))
            let begin = simulation.now
            simulation.after(.seconds(10)) { town.consul.goDown() }
            simulation.after(.seconds(60)) { town.consul.heal() }
            simulation.after(.seconds(120)) { town.consul.loseQuorum() }
            simulation.after(.seconds(150)) { town.consul.restoreQuorum() }
            for name in ["desk", "server 1", "server 2", "server 3"] {
                simulation.after(.seconds(180)) { town.consul.killAgent(Town.agent(of: name)) }
                simulation.after(.seconds(186)) {
                    town.consul.restartAgent(Town.agent(of: name), forgetting: true)
                }
            }
            let count = try await callAll(town, until: begin + .seconds(240), avoiding: "")
            #expect(count > 1000)
            #expect(town.consul.passingInstances(of: Greet.service).count == 3)
        }
    }

    @Test func `an idle cluster costs little`() throws {
        let report = try simulated { simulation in
            let town = try await Town(simulation, serverCount: 19)
            try await town.rest(.seconds(600))
        }.report
        // A renewal every 2 s, a janitor's look every 2 s, a watch every 30 s for each of twenty.
        #expect(report.count("consul: requests") < 20 * 600 * 11 / 10, "\(report)")
        #expect(report.stepCount < 20 * 600 * 20, "\(report)")
    }

    @Test func `one seed gives one run`() throws {
        func run() throws -> UInt64 {
            try simulated(seed: 7) { simulation in
                let town = try await Town(simulation)
                try await town.rest(.seconds(3))
                town.servers[0].process.crash()
                simulation.after(.seconds(5)) { town.consul.killLeader() }
                simulation.after(.seconds(9)) { town.consul.killAgent(Town.agent(of: "server 2")) }
                simulation.after(.seconds(29)) { town.consul.heal() }
                for _ in 0..<100 {
                    _ = try await town.greet()
                    try await town.rest(.milliseconds(500))
                }
            }.report.hash
        }
        let (first, second) = (try run(), try run())
        #expect(first == second)
    }
}

/// Counts the calls that meet a dead process's address from now on.
private final class DeadLetters {
    private let town: Town
    private let life: SimulatedNode
    private let meetings = Box(0)

    init(_ town: Town, _ name: String) {
        self.town = town
        let meetings = meetings
        // A successor that is nobody's instance listens where the dead one did.
        life = town.simulation.makeNode(name)
        let transport = town.network.transport(of: life)
        let name = Address(name)
        life.start("listen") {
            do {
                try await transport.listen(at: name) { _ in
                    meetings.value += 1
                    return []
                }
            } catch { return }
        }
    }

    var count: Int { meetings.value }
}
