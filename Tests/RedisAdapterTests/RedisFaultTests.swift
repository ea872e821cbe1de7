import ClusterNetwork
import Platform
import Ports
import RedisAdapter
import Synchronization
import Testing

/// What becomes of a cache whose server fails.
@Suite struct RedisFaultTests {
    let system = SystemPlatform(SystemPlatform.Configuration(offloadThreadCount: 1))

    private func works(_ opened: OpenedCache) async -> Bool {
        do {
            try await opened.cache.set([1], for: "probe", expiry: .seconds(86_400))
            return try await opened.cache.value(for: "probe") == [1]
        } catch {
            return false
        }
    }

    @Test func `a server that is away is unavailable, and is used once it is there`() async throws {
        let server = try RedisServer()
        server.kill()
        let opened = try OpenedCache(server, system)
        await #expect(throws: CacheError.unavailable) {
            _ = try await opened.cache.value(for: "a")
        }
        try server.start()
        #expect(try await eventually { await works(opened) })
        #expect(opened.events.last == .connected)
    }

    @Test func `after a kill what was set is there if the server kept it`() async throws {
        let server = try RedisServer()
        let opened = try OpenedCache(server, system)
        for isKept in [true, false] {
            try await opened.cache.set([7], for: "a", expiry: .seconds(86_400))
            try server.restart(keepingData: isKept)
            #expect(try await eventually { await works(opened) })
            #expect(try await opened.cache.value(for: "a") == (isKept ? [7] : nil))
        }
    }

    @Test func `a restart makes no value live longer`() async throws {
        let server = try RedisServer()
        let opened = try OpenedCache(server, system)
        try await opened.cache.set([7], for: "a", expiry: .milliseconds(300))
        server.kill()
        try await Task.sleep(for: .milliseconds(400))
        try server.start()
        #expect(try await eventually { await works(opened) })
        #expect(try await opened.cache.value(for: "a") == nil)
    }

    @Test func `connections that the server closes are opened again`() async throws {
        let server = try RedisServer()
        let opened = try OpenedCache(server, system)
        for _ in 0..<5 {
            #expect(try await eventually { await works(opened) })
            try server.command("CLIENT", "KILL", "TYPE", "normal")
        }
        #expect(try await eventually { await works(opened) })
        #expect(opened.events.filter { $0 == .connected }.count > 1)
    }

    @Test func `operations end while a server is killed under load, and are honest`() async throws {
        let server = try RedisServer()
        let opened = try OpenedCache(server, system)
        let outcomes = await withTaskGroup(of: [Int: Bool].self) { group in
            for number in 0..<16 {
                group.addTask {
                    var outcomes: [Int: Bool] = [:]
                    for round in 0..<60 {
                        do throws(CacheError) {
                            try await opened.cache.set(
                                [UInt8(round)], for: "\(number).\(round)", expiry: .seconds(86_400))
                            outcomes[number << 8 | round] = true
                        } catch {
                            outcomes[number << 8 | round] = false
                            do { try await Task.sleep(for: .milliseconds(20)) } catch { break }
                        }
                    }
                    return outcomes
                }
            }
            group.addTask {
                do { try server.restart(keepingData: true) } catch { Issue.record(error) }
                return [:]
            }
            return await group.reduce(into: [:]) { $0.merge($1) { $1 } }
        }
        #expect(try await eventually { await works(opened) })
        #expect(outcomes.count == 16 * 60)
        // What was acknowledged was written to the disk before.
        for (key, isSet) in outcomes where isSet {
            let value = try await opened.cache.value(for: "\(key >> 8).\(key & 255)")
            #expect(value == [UInt8(key & 255)])
        }
    }

    @Test func `a server that does not answer in time is unavailable until it does`() async throws {
        let server = try RedisServer()
        let opened = try OpenedCache(server, system) {
            $0.timeouts.operation = .milliseconds(100)
            $0.timeouts.connect = .milliseconds(100)
        }
        #expect(await works(opened))
        server.freeze(true)
        for _ in 0..<3 {
            await #expect(throws: CacheError.unavailable) {
                _ = try await opened.cache.value(for: "probe")
            }
        }
        server.freeze(false)
        #expect(try await eventually { await works(opened) })
    }

    @Test func `one operation too many is refused at once`() async throws {
        let server = try RedisServer()
        let opened = try OpenedCache(server, system) {
            $0.requestCountMaximum = 3
            $0.timeouts.operation = .seconds(60)
        }
        #expect(await works(opened))
        server.freeze(true)
        let refused = Refusals()
        let tasks = (0..<10).map { _ in
            Task {
                do throws(CacheError) {
                    return try await opened.cache.value(for: "probe")
                } catch {
                    refused.count.withLock { $0 += 1 }
                    return nil
                }
            }
        }
        // Those that were taken are still under way: the server answers nothing.
        #expect(try await eventually { refused.count.withLock { $0 } == 7 })
        server.freeze(false)
        var values: [[UInt8]] = []
        for task in tasks { values += [await task.value].compactMap { $0 } }
        #expect(values == [[1], [1], [1]])
        #expect(await works(opened))
    }

    private final class Refusals: Sendable {
        let count = Mutex(0)
    }

    @Test func `a wrong password is told, and names no secret`() async throws {
        let server = try RedisServer.shared.get()
        let opened = try OpenedCache(server, system) {
            $0.credentials = RedisCredentials(password: "open sesame")
        }
        await #expect(throws: CacheError.unavailable) {
            _ = try await opened.cache.value(for: "a")
        }
        guard case .failed(let reason) = opened.events.first else {
            Issue.record("\(opened.events)")
            return
        }
        #expect(reason.hasPrefix("AUTH: WRONGPASS"))
        #expect(!reason.contains("sesame"))
    }

    @Test func `after its end a cache is unavailable`() async throws {
        let opened = try OpenedCache(try RedisServer.shared.get(), system)
        #expect(await works(opened))
        await opened.cache.shutDown()
        await opened.cache.shutDown()
        #expect(!(await works(opened)))
    }
}
