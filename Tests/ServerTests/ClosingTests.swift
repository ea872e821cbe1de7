import Ports
import Testing

@testable import StarchairServer

/// How a live connection ends when a page or what serves it wants it to.
@Suite(.timeLimit(.minutes(30))) struct ClosingTests {
    @Test(arguments: [nil, 1000, 1001, 3000, 4999] as [UInt16?])
    func `a page that closes is answered with its code`(code: UInt16?) async throws {
        let journal = Journal()
        try await TestServer(.echo(journal)).run { port in
            try await TestPage.live(port) { page in
                try await page.send(.close(code))
                let frame = try await page.frame()
                #expect(frame?.opcode == 8)
                #expect(frame?.code == code)
                let end = try await page.frame()
                #expect(end == nil)
            }
            let ending = await journal.next()
            #expect(ending == ["closed by the page"])
        }
    }

    @Test(arguments: LiveCloseReason.allCases)
    func `the server closes with its reason`(reason: LiveCloseReason) async throws {
        let journal = Journal()
        let live = LiveEndpoint.open { connection in
            await connection.close(reason)
            do throws(LiveError) {
                try await connection.send("too late")
            } catch {
                journal.write(error)
            }
        }
        try await TestServer(live).run { port in
            try await TestPage.live(port) { page in
                let frame = try await page.frame()
                #expect(frame?.code == reason.rawValue)
                try await page.send(.text("late"), .ping("late"), .close(reason.rawValue))
                let end = try await page.frame()
                #expect(end == nil)
            }
            let ending = await journal.next()
            #expect(ending == ["closed"])
        }
    }

    @Test func `a page that does not answer a close frame is closed`() async throws {
        var server = TestServer(.open { await $0.close(.policyViolation) })
        server.configuration.webSocketTiming.closeTimeout = .milliseconds(100)
        try await server.run { port in
            try await TestPage.live(port) { page in
                let code = try await page.closeCode()
                #expect(code == 1008)
            }
        }
    }

    @Test func `a page that vanishes ends what serves it`() async throws {
        let journal = Journal()
        try await TestServer(.echo(journal)).run { port in
            try await TestPage.live(port) { _ in }
            let ending = await journal.next()
            #expect(ending == ["closed"])
        }
    }

    @Test func `what serves a page that is gone is cancelled, whatever it waits for`()
        async throws
    {
        let journal = Journal()
        let live = LiveEndpoint.open { _ in
            for await _ in AsyncStream<Void>.makeStream().stream {}
            journal.write("cancelled: \(Task.isCancelled)")
        }
        try await TestServer(live).run { port in
            try await TestPage.live(port) { page in try await page.send(.close(1000)) }
            let ending = await journal.next()
            #expect(ending == ["cancelled: true"])
        }
    }
}
