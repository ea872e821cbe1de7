import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// The registry of one process, and the watches on it.
struct LocalRegistryTests {
    private let anna = ServiceInstance.greeter("anna")
    private let bert = ServiceInstance.greeter("bert")

    /// What a watch of 30 s that begins at once answers, and when, while `change` happens at 5 s.
    private func watch(
        _ change: @escaping @Sendable (LocalRegistry) async throws -> Void
    ) throws -> (ids: [String], uptime: Duration) {
        try onOneNode { process in
            let registry = LocalRegistry(platform: process.platform)
            try await registry.register(anna)
            let index = try await registry.instances(changedSince: nil, wait: .zero).index
            process.start("change") {
                await process.platform.rest(.seconds(5))
                do { try await change(registry) } catch {
                    process.simulation.fail("the registry takes changes", "\(error)")
                }
            }
            let snapshot = try await registry.instances(changedSince: index, wait: .seconds(30))
            return (snapshot.instances.map(\.id.text), process.platform.clock.uptime)
        }
    }

    @Test func `a watch wakes when an instance comes`() throws {
        let (bert, answer) = (bert, try watch { [bert] in try await $0.register(bert) })
        #expect(answer.ids == ["anna", bert.id.text])
        #expect(answer.uptime == .seconds(5))
    }

    @Test func `a watch wakes when an instance goes`() throws {
        let answer = try watch { [anna] in try await $0.deregister(anna.id) }
        #expect(answer.ids == [])
        #expect(answer.uptime == .seconds(5))
    }

    @Test func `a watch of nothing new ends when its time is up`() throws {
        let answer = try watch { _ in }
        #expect(answer.ids == ["anna"])
        #expect(answer.uptime >= .seconds(30))
        #expect(answer.uptime <= .milliseconds(30_020))
    }

    @Test func `a watch sleeps through what changes nothing`() throws {
        let answer = try watch { [anna, bert] registry in
            try await registry.register(anna)
            try await registry.renew(anna.id)
            try await registry.deregister(bert.id)
        }
        #expect(answer.ids == ["anna"])
        #expect(answer.uptime >= .seconds(30))
    }

    @Test func `a watch of an old index answers at once`() throws {
        try onOneNode { process in
            let registry = LocalRegistry(platform: process.platform)
            let first = try await registry.instances(changedSince: nil, wait: .seconds(30))
            try await registry.register(anna)
            let next = try await registry.instances(
                changedSince: first.index, wait: .seconds(30))
            #expect(first.instances == [])
            #expect(next.instances == [anna])
            #expect(next.index > first.index)
            #expect(process.platform.clock.uptime == .zero)
        }
    }

    @Test func `many watches wake together and a cancelled one alone`() throws {
        try onOneNode { process in
            let registry = LocalRegistry(platform: process.platform)
            let ends = Box<[Duration]>([])
            let watches = (0..<20).map { number in
                process.start("watch \(number)") {
                    do {
                        _ = try await registry.instances(changedSince: 1, wait: .seconds(30))
                    } catch { process.simulation.fail("a watch answers", "\(error)") }
                    ends.value.append(process.platform.clock.uptime)
                }
            }
            await process.platform.rest(.seconds(1))
            watches[7].cancel()
            await process.platform.rest(.seconds(1))
            #expect(ends.value == [.seconds(1)])
            try await registry.register(anna)
            for watch in watches { await watch.wait() }
            #expect(ends.value == [.seconds(1)] + Array(repeating: .seconds(2), count: 19))
        }
    }

    @Test func `an unknown instance is told to register`() throws {
        try onOneNode { process in
            let registry = LocalRegistry(platform: process.platform)
            await #expect(throws: RegistryError.notRegistered) { try await registry.renew(anna.id) }
            try await registry.register(anna)
            try await registry.renew(anna.id)
            try await registry.deregister(anna.id)
            await #expect(throws: RegistryError.notRegistered) { try await registry.renew(anna.id) }
        }
    }
}
