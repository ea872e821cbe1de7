import ClusterNetwork
import Glibc
import Platform
import Ports
import RabbitMQAdapter
import Synchronization
import Testing

extension RabbitMQTests {
    /// What becomes of a bus whose broker, connections or channels fail.
    @Suite(.serialized) struct Failing {
        let server: RabbitMQServer
        let system = RabbitMQTests.system

        init() throws { server = try RabbitMQServer.shared.get() }

        @Test func `a broker that is away is unavailable, and is used once it is there`()
            async throws
        {
            server.kill()
            let opened = try OpenedBus(server, system, queues: ["q"])
            #expect(await opened.outcome(of: "one") == .unavailable)
            await #expect(throws: BusError.unavailable) {
                try await opened.bus.signal(BusSignal(topic: "t", text: ""))
            }
            await #expect(throws: BusError.unavailable) {
                try await opened.bus.consume("q", prefetchMaximum: 1) { _ in .taken }
            }
            await #expect(throws: BusError.unavailable) {
                try await opened.bus.listen(to: "t") { _ in }
            }
            await #expect(throws: BusError.unavailable) {
                _ = try await opened.bus.deadLetters(of: "q")
            }
            let worker = Worker(opened.bus)
            try server.start()
            #expect(await opened.outcome(of: "two") == nil)
            #expect(try await eventually { worker.ids == ["two"] })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test(arguments: [1, 20])
        func `after a kill all that was confirmed is there`(_ publisherCount: Int) async throws {
            let opened = try OpenedBus(server, system, queues: ["q"])
            let worker = Worker(opened.bus) { delivery in
                // Some are in hand when the broker dies.
                do { try await Task.sleep(for: .milliseconds(5)) } catch { return .again }
                return .taken
            }
            #expect(await opened.outcome(of: "first") == nil)
            let confirmed = try await withThrowingTaskGroup(of: [String].self) { group in
                for publisher in 0..<publisherCount {
                    group.addTask {
                        var confirmed: [String] = []
                        for number in 0..<100 {
                            let id = "\(publisher).\(number)"
                            switch await opened.outcome(of: id) {
                            case nil: confirmed.append(id)
                            case .unconfirmed, .unavailable:
                                try await Task.sleep(for: .milliseconds(20))
                            case let error: Issue.record("\(id): \(String(describing: error))")
                            }
                        }
                        return confirmed
                    }
                }
                try await Task.sleep(for: .milliseconds(100))
                try server.restart(keepingData: true)
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(await opened.outcome(of: "last") == nil)
            #expect(
                try await eventually {
                    Set(worker.ids).isSuperset(of: confirmed + ["first", "last"])
                })
            #expect(worker.errors.first == .broken)
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `a connection that breaks in the middle of a burst leaves nobody waiting`()
            async throws
        {
            let opened = try OpenedBus(server, system, queues: ["q"])
            #expect(await opened.outcome(of: "before") == nil)
            let broker = try #require(
                Int32(try server.control("eval", "os:getpid().").filter(\.isNumber)))
            #expect(Glibc.kill(broker, SIGSTOP) == 0)
            let outcomes = Outcomes()
            // Far more than the buffers of the sockets take: the sending stands still within it.
            let count = 32
            for number in 0..<count {
                Task {
                    let outcome = await opened.outcome(of: "\(number)", byteCount: 1 << 20)
                    outcomes.guarded.withLock { $0.append(outcome) }
                }
            }
            try await Task.sleep(for: .milliseconds(500))
            try server.restart(keepingData: true)
            #expect(try await eventually { outcomes.guarded.withLock { $0.count } == count })
            let found = outcomes.guarded.withLock { $0 }
            #expect(found.contains(.unconfirmed))
            #expect(found.allSatisfy { [nil, .unconfirmed, .unavailable].contains($0) })
            #expect(try await eventually { await opened.outcome(of: "after") == nil })
            await opened.bus.shutDown()
        }

        @Test func `a broker that lost its data gets its queues again`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"])
            let worker = Worker(opened.bus, of: "other")
            #expect(await opened.outcome(of: "lost") == nil)
            try server.restart(keepingData: false)
            #expect(try await eventually { await opened.outcome(of: "a") == nil })
            #expect(
                try await eventually { await opened.outcome(of: "b", to: "other") == nil })
            #expect(try await eventually { worker.ids == ["b"] })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `connections that the broker closes are opened again`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"])
            let worker = Worker(opened.bus)
            #expect(await opened.outcome(of: "one") == nil)
            #expect(try await eventually { worker.ids == ["one"] })
            for round in 0..<2 {
                try server.control("close_all_connections", "a test")
                #expect(try await eventually { await opened.outcome(of: "\(round)") == nil })
                #expect(try await eventually { worker.ids.contains("\(round)") })
            }
            #expect(
                opened.events.contains {
                    guard case .failed(let reason) = $0 else { return false }
                    return reason.contains("a test")
                })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `a channel that the broker closes ends alone, and is opened again`()
            async throws
        {
            let opened = try OpenedBus(server, system, prefix: "channels.", queues: ["q"])
            let worker = Worker(opened.bus)
            #expect(await opened.outcome(of: "one") == nil)
            // A signal to an exchange that is gone closes the channel that publishes.
            try server.control(
                "eval",
                "rabbit_exchange:delete(rabbit_misc:r(<<\"/\">>, exchange, "
                    + "<<\"channels.signals\">>), false, <<\"tests\">>).")
            await #expect(throws: BusError.unconfirmed) {
                try await opened.bus.signal(BusSignal(topic: "t", text: ""))
            }
            try await opened.bus.signal(BusSignal(topic: "t", text: ""))
            #expect(await opened.outcome(of: "two") == nil)
            #expect(try await eventually { worker.ids == ["one", "two"] })
            #expect(worker.errors.isEmpty)
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `a queue that is deleted is declared again by its consumer`() async throws {
            let opened = try OpenedBus(server, system, prefix: "gone.", queues: ["q"])
            let worker = Worker(opened.bus)
            #expect(await opened.outcome(of: "one") == nil)
            #expect(try await eventually { worker.ids == ["one"] })
            try server.control("delete_queue", "gone.queue.q")
            #expect(try await eventually { await opened.outcome(of: "two") == nil })
            #expect(try await eventually { worker.ids == ["one", "two"] })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `a queue with other bounds is used as it is`() async throws {
            let first = try OpenedBus(server, system, prefix: "bounds.", queues: ["q"])
            #expect(await first.outcome(of: "one") == nil)
            let second = try OpenedBus(server, system, prefix: "bounds.", queues: ["q"]) {
                $0.bounds.eventCountMaximum = 7
            }
            #expect(await second.outcome(of: "two") == nil)
            #expect(second.events.contains(.keepsItsBounds(queue: "bounds.queue.q")))
            let worker = Worker(second.bus)
            #expect(try await eventually { worker.ids == ["one", "two"] })
            #expect(worker.errors.isEmpty)
            await worker.end()
            for opened in [first, second] { await opened.bus.shutDown() }
        }

        @Test func `a broker with an alarm takes nothing until it is over`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"]) {
                $0.timeouts.confirm = .seconds(2)
            }
            let worker = Worker(opened.bus)
            #expect(await opened.outcome(of: "before") == nil)
            try server.control("set_vm_memory_high_watermark", "absolute", "1MB")
            // Far more than the buffers of the sockets take.
            var outcomes: [BusError?] = []
            for number in 0..<8 {
                outcomes.append(await opened.outcome(of: "\(number)", byteCount: 1 << 20))
            }
            #expect(outcomes.allSatisfy { [.unconfirmed, .unavailable].contains($0) })
            #expect(outcomes.contains(.unavailable))
            #expect(opened.events.contains(.blocked(true)))
            try server.control("set_vm_memory_high_watermark", "absolute", "512MB")
            #expect(try await eventually { await opened.outcome(of: "after") == nil })
            #expect(try await eventually { worker.ids.contains("after") })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `a wrong password is told, and names no secret`() async throws {
            let opened = try OpenedBus(server, system) {
                $0.credentials = RabbitMQCredentials(user: "guest", password: "open sesame")
            }
            #expect(await opened.outcome(of: "one") == .unavailable)
            guard case .failed(let reason) = opened.events.first else {
                Issue.record("\(opened.events)")
                return
            }
            #expect(reason.contains("ACCESS_REFUSED"))
            #expect(!reason.contains("sesame"))
            await opened.bus.shutDown()
        }
    }
}

/// What became of publications that several tasks made.
private final class Outcomes: Sendable {
    let guarded = Mutex<[BusError?]>([])
}
