import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// Nodes whose registry is away, and nodes that go without a word.
struct NodeFailureTests {
    private func passing(_ town: Town) async throws -> [ServiceInstance] {
        let registry = town.registry.registry(for: town.desk.process)
        return try await town.desk.process.perform {
            try await registry.instances(changedSince: nil, wait: .zero).instances
        }
    }

    private func rest(_ town: Town, _ duration: Duration) async throws {
        try await town.desk.perform { await $0.platform.rest(duration) }
    }

    @Test func `a node that stops is unreachable and leaves the registry in time`() throws {
        try simulated { simulation in
            let town = try await Town(simulation, serverCount: 1)
            let server = town.servers[0]
            let isCancelled = Box(false)
            server.node.startInBackground("errand") {
                await server.process.platform.rest(.seconds(3600))
                isCancelled.value = Task.isCancelled
            }
            try await server.process.perform { await server.node.stop() }
            let end = try await town.desk.perform { await $0.greet(timeout: .milliseconds(500)) }
            #expect(end == .unknown(.unreachable))
            try await rest(town, SimulatedRegistry.timeToLive)
            #expect(try await passing(town) == [])
            #expect(isCancelled.value)
        }
    }

    @Test func `callers keep the last good answer while the registry is away`() throws {
        try simulated { simulation in
            let town = try await Town(simulation)
            town.registry.goDown(for: .seconds(3600))
            for _ in 0..<10 {
                try await rest(town, .seconds(300))
                let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
                #expect(end == .done("server 1") || end == .done("server 2"))
            }
        }
    }

    @Test func `a node that starts without a registry registers when there is one`() throws {
        try simulated { simulation in
            let town = try await Town(simulation, serverCount: 1)
            town.registry.goDown(for: .seconds(30))
            _ = try await town.addServer("late server")
            try await rest(town, .seconds(31 + 3))
            let addresses = try await passing(town).map(\.address)
            #expect(Set(addresses) == ["server 1", "late server"])
        }
    }

    @Test func `an instance that the registry forgot registers again`() throws {
        try simulated { simulation in
            let town = try await Town(simulation, serverCount: 1)
            let before = try await passing(town)
            town.servers[0].process.pause(for: .seconds(20))
            try await rest(town, .seconds(10))
            #expect(try await passing(town) == [])
            try await rest(town, .seconds(13))
            #expect(try await passing(town) == before)
            let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
            #expect(end == .done("server 1"))
        }
    }

    @Test func `an instance at a reused address is not taken for the old one`() throws {
        try simulated { simulation in
            let begun = Box(0)
            let town = try await Town(simulation, serverCount: 1) { _, _, _ in
                begun.value += 1
                return "new life"
            }
            let old = try await passing(town)
            town.registry.goDown(for: .seconds(60))
            town.servers[0].process.crash()
            _ = try await town.addServer("server 1")
            let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
            #expect(end == .unknown(.wrongInstance))
            #expect(begun.value == 0)
            town.registry.heal()
            try await rest(town, .seconds(10))
            let new = try await passing(town)
            #expect(new.map(\.address) == old.map(\.address))
            #expect(new.map(\.id) != old.map(\.id))
            let again = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
            #expect(again == .done("new life"))
        }
    }

    @Test func `a cut off instance is left aside before the registry says so`() throws {
        try simulated { simulation in
            let town = try await Town(simulation)
            town.network.cut(from: ["desk"], to: ["server 1"])
            // Whoever draws the cut off instance waits for one attempt; then it is avoided.
            let first = try await town.desk.perform { client in
                var end = await client.greet()
                for _ in 0..<5 where end != .unknown(.timedOut) { end = await client.greet() }
                return end
            }
            #expect(first == .done("server 2"))
            #expect(try await passing(town).count == 2)
        }
    }

    @Test func `a mailbox that is full sheds calls and takes them again`() throws {
        try simulated { simulation in
            let begun = Box(0)
            let town = try await Town(simulation, serverCount: 1) { place, message, _ in
                begun.value += 1
                if message.name == "slow" { await place.process.platform.rest(.seconds(2)) }
                return ""
            }
            let client = town.desk.node.client
            for number in 1...3 {
                town.desk.process.start("slow call \(number)") {
                    _ = await client.greet(Greet(name: "slow"))
                }
            }
            try await rest(town, .milliseconds(100))
            let end = try await town.desk.perform { await $0.greet(timeout: .milliseconds(500)) }
            #expect(end == .unknown(.overloaded))
            #expect(begun.value == 3)
            try await rest(town, .seconds(2))
            for _ in 0..<10 {
                let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
                #expect(end == .done(""))
            }
        }
    }

    @Test func `calls that fail leave their place in the mailbox`() throws {
        try simulated { simulation in
            let town = try await Town(simulation, serverCount: 1) { _, message, _ in
                if message.name == "bad" { throw Refusal(Greet.Code.unwelcome) }
                return ""
            }
            for _ in 0..<10 {
                _ = try await town.desk.perform { await $0.greet(Greet(name: "bad")) }
            }
            let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
            #expect(end == .done(""))
        }
    }

    @Test func `a node that is gone says that it takes no calls`() throws {
        let answer: Answer = try onOneNode { process in
            let transport = LocalTransport(platform: process.platform)
            var node: Node? = Node(
                .init(address: "here"), platform: process.platform, transport: transport,
                registry: LocalRegistry(platform: process.platform))
            try await node?.start()
            node = nil
            return Frame.decode(try await transport.call("here", [], timeout: .seconds(1)))
        }
        #expect(answer.code == "draining")
    }
}
