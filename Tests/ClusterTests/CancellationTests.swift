import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// Whoever waits no longer takes the work with them.
struct CancellationTests {
    /// What was seen of a callee that sleeps for an hour.
    private final class Sleeper: @unchecked Sendable {
        var begun = 0
        var cancelledAt: [Duration] = []

        func sleep(on platform: Platform) async throws -> String {
            begun += 1
            do { try await platform.clock.sleep(for: .seconds(3600)) } catch {
                cancelledAt.append(platform.clock.uptime)
                throw error
            }
            return "awake"
        }
    }

    /// A node of one process that hosts a sleeping greeter.
    private func lonely(_ process: SimulatedNode, _ sleeper: Sleeper) async throws -> Node {
        let platform = process.platform
        let node = Node(
            .init(address: "here"), platform: platform,
            transport: LocalTransport(platform: platform),
            registry: LocalRegistry(platform: platform))
        node.host(greeter { _, _ in try await sleeper.sleep(on: platform) })
        try await node.start()
        return node
    }

    @Test func `cancelling a call in one process cancels the handler`() throws {
        let sleeper = Sleeper()
        let end = try onOneNode { process in
            let node = try await lonely(process, sleeper)
            let end = Box<CallEnd?>(nil)
            let call = process.start("call") { end.value = await node.client.greet() }
            await process.platform.rest(.seconds(1))
            call.cancel()
            await call.wait()
            return end.value
        }
        #expect(end == .unknown(.cancelled))
        #expect(sleeper.begun == 1)
        #expect(sleeper.cancelledAt == [.seconds(1)])
    }

    @Test func `a transport tells being cancelled from being late`() throws {
        let errors = try onOneNode { process in
            let platform = process.platform
            let transport = LocalTransport(platform: platform)
            try await transport.listen(at: "here") { _ in
                await platform.rest(.seconds(3600))
                return []
            }
            let errors = Box<[TransportError]>([])
            let calls = [5, 60].map { seconds in
                process.start("call") {
                    do throws(TransportError) {
                        _ = try await transport.call("here", [], timeout: .seconds(seconds))
                    } catch { errors.value.append(error) }
                }
            }
            await platform.rest(.seconds(10))
            calls[1].cancel()
            for call in calls { await call.wait() }
            return errors.value
        }
        #expect(errors == [.timedOut, .cancelled])
    }

    @Test func `cancelling a call over a network cancels the handler`() throws {
        let sleeper = Sleeper()
        let end = try simulated { simulation in
            let town = try await Town(simulation) { place, _, _ in
                try await sleeper.sleep(on: place.process.platform)
            }
            let (end, client) = (Box<CallEnd?>(nil), town.desk.node.client)
            let call = town.desk.process.start("call") { end.value = await client.greet() }
            try await town.desk.perform { _ in
                await client.platform.rest(.seconds(1))
                call.cancel()
                await call.wait()
                await client.platform.rest(.seconds(1))
            }
            return end.value
        }
        #expect(end == .unknown(.cancelled))
        #expect(sleeper.begun == 1)
        #expect(sleeper.cancelledAt.count == 1)
        #expect(sleeper.cancelledAt.allSatisfy { $0 < .seconds(2) })
    }

    @Test func `cancelling a call between two attempts ends it`() throws {
        let count = Box(0)
        let end = try onOneNode { process in
            let client = ClusterClient(process.platform, greetersAt: ["a"]) {
                _, _ throws(TransportError) in
                count.value += 1
                throw .unreachable
            }
            let end = Box<CallEnd?>(nil)
            let call = process.start("call") {
                end.value = await client.greet(timeout: .seconds(600))
            }
            await process.platform.rest(.milliseconds(50))
            call.cancel()
            await call.wait()
            return end.value
        }
        #expect(end == .unknown(.cancelled))
        #expect((1..<20).contains(count.value))
    }

    @Test func `a deadline ends a stuck callee in one process`() throws {
        let sleeper = Sleeper()
        try onOneNode { process in
            let node = try await lonely(process, sleeper)
            let end = await node.client.greet(timeout: .seconds(2))
            #expect(end == .unknown(.timedOut))
            // The watch over deadlines looks every twenty milliseconds.
            #expect(process.platform.clock.uptime <= .milliseconds(2020))
        }
        #expect(sleeper.begun == 1)
        #expect(sleeper.cancelledAt.count == 1)
    }

    @Test func `a deadline ends a stuck callee over a network`() throws {
        let sleeper = Sleeper()
        try simulated { simulation in
            let town = try await Town(simulation) { place, _, _ in
                try await sleeper.sleep(on: place.process.platform)
            }
            try await town.desk.perform { client in
                let begin = client.platform.clock.uptime
                let end = await client.greet(timeout: .seconds(2))
                #expect(end == .unknown(.timedOut))
                #expect(client.platform.clock.uptime - begin <= .seconds(2))
                await client.platform.rest(.seconds(1))
            }
        }
        #expect(sleeper.begun == 1)
        #expect(sleeper.cancelledAt.count == 1)
    }

    @Test func `an attempt that takes too long is cancelled and another begun`() throws {
        let sleeper = Sleeper()
        let end = try onOneNode { process in
            let node = try await lonely(process, sleeper)
            return await node.client.greet(timeout: .seconds(5))
        }
        #expect(end == .unknown(.timedOut))
        #expect(sleeper.begun == 2)
        #expect(sleeper.cancelledAt.count == 2)
    }
}
