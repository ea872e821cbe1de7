import ClusterNetwork
import Platform
import Ports
import RabbitMQAdapter
import Synchronization
import Testing

extension RabbitMQTests {
    /// Bounds, poison and dead letters.
    @Suite(.serialized) struct Queueing {
        let server: RabbitMQServer
        let system = RabbitMQTests.system

        init() throws { server = try RabbitMQServer.shared.get() }

        @Test func `a dead letter says why, and comes again when it is replayed`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"])
            let isCured = Switch()
            let worker = Worker(opened.bus) { _ in isCured.isOn ? .taken : .never("poison") }
            #expect(await opened.outcome(of: "one") == nil)
            #expect(
                try await eventually { try await opened.bus.deadLetters(of: "q").count == 1 })
            let dead = try await opened.bus.deadLetters(of: "q")
            #expect(dead.map(\.event.id) == ["one"])
            #expect(dead.map(\.reason) == ["poison"])
            #expect(dead.map(\.deliveryCount) == [1])
            isCured.turnOn()
            #expect(try await opened.bus.replayDeadLetters(of: "q") == 1)
            #expect(try await eventually { worker.ids == ["one", "one"] })
            #expect(worker.deliveries[1].isRedelivered)
            #expect(worker.deliveries[1].deliveryCount == 1)
            #expect(try await opened.bus.deadLetters(of: "q") == [])
            #expect(try await opened.bus.replayDeadLetters(of: "q") == 0)
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `to look at the dead letters of no queue makes none`() async throws {
            let opened = try OpenedBus(server, system)
            #expect(try await opened.bus.deadLetters(of: "none") == [])
            #expect(try await opened.bus.replayDeadLetters(of: "none") == 0)
            #expect(await opened.outcome(of: "one", to: "none") == .unroutable)
            await opened.bus.shutDown()
        }

        @Test func `dead letters outlive the broker`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"])
            let worker = Worker(opened.bus, prefetchMaximum: 1) { delivery in
                delivery.event.id == "one" ? .never("poison") : .taken
            }
            for id in ["one", "two"] { #expect(await opened.outcome(of: id) == nil) }
            // Who is handed the second has settled the first: until then it may be in its queue.
            #expect(try await eventually { worker.deliveries.count == 2 })
            await worker.end()
            try server.restart(keepingData: true)
            #expect(try await opened.bus.deadLetters(of: "q").map(\.event.id) == ["one"])
            await opened.bus.shutDown()
        }

        @Test func `deliveries whose consumers vanish are counted, until the event is dead`()
            async throws
        {
            let opened = try OpenedBus(server, system, prefix: "poison.", queues: ["q"]) {
                $0.bounds.deliveryCountMaximum = 3
            }
            #expect(await opened.outcome(of: "killer") == nil)
            let worker = Worker(opened.bus) { _ in
                // Its channel ends while it has the event, so nobody hears its verdict.
                do { try await Task.sleep(for: .seconds(60)) } catch { return .taken }
                return .taken
            }
            for round in 1...3 {
                #expect(try await eventually { worker.ids.count == round })
                try server.control("close_all_connections", "a crash")
            }
            #expect(
                try await eventually { try await !opened.bus.deadLetters(of: "q").isEmpty })
            #expect(worker.deliveries.map(\.deliveryCount) == [1, 2, 3])
            #expect(worker.deliveries.map(\.isRedelivered) == [false, true, true])
            let dead = try await opened.bus.deadLetters(of: "q")
            #expect(dead.map(\.reason) == ["delivered 3 times"])
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `a queue refuses what is beyond its bytes`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"]) {
                $0.bounds.eventByteCountMaximum = 3 << 20
            }
            let maximum = BusLimits.payloadByteCountMaximum
            for id in ["one", "two", "three"] {
                #expect(await opened.outcome(of: id, byteCount: maximum) == nil)
            }
            #expect(await opened.outcome(of: "four", byteCount: maximum) == .full)
            let worker = Worker(opened.bus)
            #expect(try await eventually { worker.ids == ["one", "two", "three"] })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `when there is no room for dead letters the event comes again`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"]) {
                $0.bounds.deadLetterCountMaximum = 1
            }
            let isCured = Switch()
            let worker = Worker(opened.bus) { _ in isCured.isOn ? .taken : .never("poison") }
            for id in ["one", "two"] { #expect(await opened.outcome(of: id) == nil) }
            #expect(try await eventually { worker.ids.count >= 4 })
            #expect(try await opened.bus.deadLetters(of: "q").count == 1)
            isCured.turnOn()
            try await opened.bus.replayDeadLetters(of: "q")
            #expect(try await eventually { Set(worker.ids.suffix(2)) == ["one", "two"] })
            #expect(try await opened.bus.deadLetters(of: "q") == [])
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test(arguments: [1, 100])
        func `publications beyond the bound are refused at once`(_ count: Int) async throws {
            let opened = try OpenedBus(server, system, queues: ["q"]) {
                $0.publicationCountMaximum = count
            }
            #expect(await opened.outcome(of: "first") == nil)
            let outcomes = await withTaskGroup(of: BusError?.self) { group in
                for number in 0..<10 * count {
                    group.addTask { await opened.outcome(of: "\(number)", byteCount: 50_000) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.allSatisfy { $0 == nil || $0 == .unavailable })
            #expect(outcomes.contains(.unavailable))
            let worker = Worker(opened.bus)
            let expected = outcomes.count { $0 == nil } + 1
            #expect(try await eventually { worker.ids.count == expected })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `after its end a bus is unavailable`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"])
            #expect(await opened.outcome(of: "one") == nil)
            await opened.bus.shutDown()
            await opened.bus.shutDown()
            #expect(await opened.outcome(of: "two") == .unavailable)
        }
    }
}

private final class Switch: Sendable {
    private let guarded = Mutex(false)

    var isOn: Bool { guarded.withLock { $0 } }

    func turnOn() { guarded.withLock { $0 = true } }
}
