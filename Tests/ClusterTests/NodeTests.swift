import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// A node from its start to its end.
struct NodeTests {
    /// The ids that the registry passes, as the desk sees them.
    private func passing(_ town: Town) async throws -> [ServiceInstance] {
        let registry = town.registry.registry(for: town.desk.process)
        return try await town.desk.process.perform {
            try await registry.instances(changedSince: nil, wait: .zero).instances
        }
    }

    private func rest(_ town: Town, _ duration: Duration) async throws {
        try await town.desk.perform { await $0.platform.rest(duration) }
    }

    @Test func `a node is ready between its start and its drain`() throws {
        try onOneNode { process in
            let node = Node(
                .init(address: "here"), platform: process.platform,
                transport: LocalTransport(platform: process.platform),
                registry: LocalRegistry(platform: process.platform))
            #expect(!node.isReady)
            try await node.start()
            #expect(node.isReady)
            #expect(await node.drain())
            #expect(!node.isReady)
        }
    }

    @Test func `what a node hosts is in the registry and is served when it has started`() throws {
        try simulated { simulation in
            let town = try await Town(simulation)
            let addresses = try await passing(town).map(\.address)
            #expect(Set(addresses) == ["server 1", "server 2"])
            let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
            #expect(end == .done("server 1") || end == .done("server 2"))
        }
    }

    @Test func `each call that a handler was begun for is told with its end and its time`() throws {
        try simulated { simulation in
            let town = try await Town(simulation) { place, message, _ in
                await place.process.platform.rest(.milliseconds(30))
                guard message.name != "broken" else { throw ClusterError.storageFull }
                return place.process.name
            }
            _ = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
            _ = try await town.desk.perform { await $0.greet(Greet(name: "broken")) }
            let answered = town.answered.value
            #expect(answered.map(\.outcome) == ["done", "storageFull"])
            #expect(answered.allSatisfy { $0.service == Greet.service && $0.message == Greet.name })
            #expect(answered.allSatisfy { $0.duration >= .milliseconds(30) })
        }
    }

    @Test func `an instance stays in the registry as long as it runs`() throws {
        try simulated { simulation in
            let town = try await Town(simulation)
            let before = try await passing(town)
            try await rest(town, .seconds(3600))
            #expect(try await passing(town) == before)
        }
    }

    @Test func `an instance that crashes leaves the registry by itself`() throws {
        try simulated { simulation in
            let town = try await Town(simulation)
            town.servers[0].process.crash()
            try await rest(town, SimulatedRegistry.timeToLive + .seconds(1))
            #expect(try await passing(town).map(\.address) == ["server 2"])
            let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
            #expect(end == .done("server 2"))
        }
    }

    @Test func `a call that runs is finished by a drain and a new one goes elsewhere`() throws {
        try simulated { simulation in
            let busy = Box<Town.Place?>(nil)
            let town = try await Town(simulation) { place, message, _ in
                guard message.name == "slow" else { return place.process.name }
                busy.value = place
                await place.process.platform.rest(.seconds(2))
                return place.process.name
            }
            let slow = Box<CallEnd?>(nil)
            let client = town.desk.node.client
            let call = town.desk.process.start("slow call") {
                slow.value = await client.greet(Greet(name: "slow"))
            }
            try await rest(town, .seconds(1))
            let leaving = try #require(busy.value)
            let isEmpty = Box<Bool?>(nil)
            let drain = leaving.process.start("drain") {
                isEmpty.value = await leaving.node.drain()
            }
            try await rest(town, .milliseconds(100))
            for _ in 0..<20 {
                let end = try await town.desk.perform { await $0.greet(timeout: .seconds(1)) }
                #expect(end != .done(leaving.process.name))
            }
            await call.wait()
            await drain.wait()
            #expect(slow.value == .done(leaving.process.name))
            #expect(isEmpty.value == true)
            #expect(try await passing(town).count == 1)
        }
    }

    @Test func `a draining node begins no new call`() throws {
        try simulated { simulation in
            let begun = Box(0)
            let town = try await Town(simulation, serverCount: 1) { place, _, _ in
                begun.value += 1
                await place.process.platform.rest(.seconds(2))
                return ""
            }
            town.registry.goDown(for: .seconds(600))
            let (server, client) = (town.servers[0], town.desk.node.client)
            town.desk.process.start("call") { _ = await client.greet() }
            try await rest(town, .seconds(1))
            server.process.start("drain") { await server.node.drain() }
            let end = try await town.desk.perform { await $0.greet(timeout: .milliseconds(500)) }
            #expect(end == .unknown(.draining))
            #expect(begun.value == 1)
        }
    }

    @Test func `a drain that takes too long gives up`() throws {
        try simulated { simulation in
            let town = try await Town(simulation, serverCount: 1) { place, _, _ in
                while !Task.isCancelled { await place.process.platform.rest(.seconds(1)) }
                // It goes on although nobody waits any more.
                return try await Self.stubborn(place)
            }
            let (server, client) = (town.servers[0], town.desk.node.client)
            town.desk.process.start("call") { _ = await client.greet(timeout: .seconds(1)) }
            try await rest(town, .milliseconds(500))
            let (isEmpty, duration) = try await server.process.perform {
                let begin = server.process.platform.clock.uptime
                let isEmpty = await server.node.drain()
                return (isEmpty, server.process.platform.clock.uptime - begin)
            }
            #expect(!isEmpty)
            #expect(duration >= .seconds(10) && duration < .seconds(11))
        }
    }

    /// Works for a minute, cancelled or not.
    private static func stubborn(_ place: Town.Place) async throws -> String {
        await place.process.start("stubborn work") {
            await place.process.platform.rest(.seconds(60))
        }.wait()
        return ""
    }
}
