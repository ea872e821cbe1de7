import Cluster
import ClusterSimulator
import Platform
import Testing

/// A crashed instance is out of the registry within thirty seconds, and no other is.
struct ConsulJanitorTests {
    /// The promise.
    private static let bound = Duration.seconds(30)

    private func inTown(
        seed: UInt64 = 1, _ body: @escaping @Sendable (Town) async throws -> Void
    ) throws {
        try simulated(seed: seed) { simulation in
            let town = try await Town(simulation)
            try await town.rest(.seconds(5))
            #expect(town.consul.registeredInstances.count == 3)
            try await body(town)
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `a crashed instance whose agent lives is removed in time`(seed: UInt64) throws {
        try inTown(seed: seed) { town in
            town.servers[0].process.crash()
            let delay = try await town.wait(forRegistered: 2, atMost: Self.bound)
            #expect(delay > .seconds(20))
            // It is gone at its agent too, so that nothing brings it back.
            try await town.rest(.seconds(300))
            #expect(town.consul.registeredInstances.count == 2)
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `an instance that crashed with its agent is removed in time`(seed: UInt64) throws {
        try inTown(seed: seed) { town in
            let name = town.servers[0].process.name
            town.servers[0].process.crash()
            town.consul.killAgent(Town.agent(of: name))
            _ = try await town.wait(forRegistered: 2, atMost: Self.bound)
            try await town.rest(.seconds(300))
            #expect(town.consul.registeredInstances.count == 2)
            // The agent remembers it and brings it back; then it is removed there.
            town.consul.restartAgent(Town.agent(of: name))
            _ = try await town.wait(forRegistered: 3, atMost: .seconds(4))
            _ = try await town.wait(forRegistered: 2, atMost: .seconds(24))
            try await town.rest(.seconds(300))
            #expect(town.consul.registeredInstances.count == 2)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a crashed instance is removed in time though peers cannot reach its agent`(
        seed: UInt64
    ) throws {
        try inTown(seed: seed) { town in
            let name = town.servers[0].process.name
            let peers = ["desk", "server 2", "server 3"]
            town.network.cut(from: peers, to: [Town.agent(of: name)])
            town.servers[0].process.crash()
            _ = try await town.wait(forRegistered: 2, atMost: Self.bound)
            // Its agent still knows it: once peers reach the agent, it goes for good.
            town.network.heal()
            try await town.rest(.seconds(200))
            #expect(town.consul.registeredInstances.count == 2)
        }
    }

    @Test func `a flapping instance stays`() throws {
        try inTown { town in
            for _ in 0..<20 {
                // A pause of 21 s is one of at most 19 s in the critical state.
                town.servers[0].process.pause(for: .seconds(21))
                for _ in 0..<25 {
                    try await town.rest(.seconds(1))
                    #expect(town.consul.registeredInstances.count == 3)
                }
                try await town.rest(.seconds(1))
            }
        }
    }

    @Test func `an instance that was away too long is removed and registers again`() throws {
        try inTown { town in
            let before = town.consul.passingInstances(of: Greet.service)
            town.servers[0].process.pause(for: .seconds(60))
            _ = try await town.wait(forRegistered: 2, atMost: Self.bound)
            try await town.rest(.seconds(40))
            #expect(town.consul.passingInstances(of: Greet.service) == before)
            try await town.rest(.seconds(300))
            #expect(town.consul.passingInstances(of: Greet.service) == before)
        }
    }

    @Test func `an instance that passes at an agent without servers comes back with them`() throws {
        try inTown { town in
            let before = town.consul.passingInstances(of: Greet.service)
            town.consul.cutAgent(Town.agent(of: "server 1"))
            try await town.rest(.seconds(60))
            town.consul.cutAgent(Town.agent(of: "server 1"), false)
            try await town.rest(.seconds(5))
            #expect(town.consul.passingInstances(of: Greet.service) == before)
            try await town.rest(.seconds(300))
            #expect(town.consul.passingInstances(of: Greet.service) == before)
        }
    }

    @Test func `an instance that passes at its agent is not removed there`() throws {
        // What the catalogue says may be older than what the agent knows: here it says critical
        // because the servers were put back to a snapshot.
        try simulated { simulation in
            let town = try await Town(simulation)
            try await town.rest(.seconds(5))
            let before = town.consul.passingInstances(of: Greet.service)
            town.servers[0].process.pause(for: .seconds(15))
            try await town.rest(.seconds(10))
            town.consul.takeSnapshot()
            try await town.rest(.seconds(20))
            #expect(town.consul.passingInstances(of: Greet.service) == before)
            town.consul.restoreSnapshot()
            for _ in 0..<130 {
                try await town.rest(.seconds(1))
                #expect(town.consul.registeredInstances.count == 3)
            }
            #expect(town.consul.passingInstances(of: Greet.service) == before)
        }
    }

    @Test func `what others registered is left alone`() throws {
        try inTown { town in
            let process = town.desk.process
            let exchange = town.consul.exchange(for: process)
            try await process.perform {
                for body in [
                    #"{"Name": "foreign", "Check": {"TTL": "2s"}}"#,
                    #"{"Name": "near", "Tags": ["cluster-instance"], "Check": {"TTL": "2s"}}"#,
                ] {
                    var request = HTTPRequestMessage(
                        .put, at: Town.agent(of: "desk"), "/v1/agent/service/register")
                    request.body = Array(body.utf8)
                    _ = try await exchange.exchange(request, timeout: .seconds(1))
                }
            }
            try await town.rest(.seconds(120))
            #expect(town.consul.registeredInstances.count == 5)
            town.consul.killAgent(Town.agent(of: "desk"))
            try await town.rest(.seconds(120))
            #expect(town.consul.registeredInstances.count == 5)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `the promise holds over a network that loses requests`(seed: UInt64) throws {
        try inTown(seed: seed) { town in
            town.network.weather.lostRequestPermille = 50
            town.network.weather.lostReplyPermille = 50
            town.network.weather.reorderPermille = 100
            let id = town.consul.registeredInstances
            town.servers[0].process.crash()
            let begin = town.simulation.now
            while town.simulation.now - begin < Self.bound {
                try await town.rest(.milliseconds(100))
            }
            #expect(town.consul.registeredInstances.count <= 2, "\(id)")
        }
    }

    @Test func `without a leader nothing is removed and afterwards it is`() throws {
        try inTown { town in
            town.servers[0].process.crash()
            town.consul.loseQuorum()
            try await town.rest(.seconds(60))
            #expect(town.consul.registeredInstances.count == 3)
            town.consul.restoreQuorum()
            _ = try await town.wait(forRegistered: 2, atMost: .seconds(60))
        }
    }
}
