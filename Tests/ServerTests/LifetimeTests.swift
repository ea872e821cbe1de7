import Ports
import Testing

@testable import StarchairServer

/// How long a live connection lasts, and what ends it.
@Suite(.timeLimit(.minutes(30))) struct LifetimeTests {
    @Test func `a silent page is kept beyond HTTP's patience, and is asked whether it is there`()
        async throws
    {
        var server = TestServer(.echo())
        server.configuration.idleTimeout = .seconds(4)
        server.configuration.webSocketTiming.pingInterval = .milliseconds(400)
        server.configuration.webSocketTiming.unansweredPingCountMaximum = 1000
        try await server.run { port in
            try await TestPage.live(port) { page in
                for _ in 0..<15 {
                    let ping = try await page.frame()
                    #expect(ping?.opcode == 9)
                    try await page.send(Frame(opcode: 10))
                }
                try await page.send(.text("here"))
                while let frame = try await page.frame(), frame != Frame.unmasked("here") {}
            }
        }
    }

    @Test func `a page that answers no ping is given up`() async throws {
        let journal = Journal()
        var server = TestServer(.echo(journal))
        server.configuration.webSocketTiming.pingInterval = .milliseconds(50)
        server.configuration.webSocketTiming.closeTimeout = .milliseconds(100)
        try await server.run { port in
            try await TestPage.live(port) { page in
                let opcodes = [try await page.frame(), try await page.frame()].map { $0?.opcode }
                #expect(opcodes == [9, 9])
                let code = try await page.closeCode()
                #expect(code == LiveCloseReason.tryAgainLater.rawValue)
            }
            let ending = await journal.next()
            #expect(ending == ["closed"])
        }
    }

    @Test func `a page that does not read is slow, and costs its connection only`() async throws {
        let journal = Journal()
        let flooding = LiveEndpoint.open { connection in
            do throws(LiveError) {
                let text = String(repeating: "z", count: 1 << 20)
                guard try await connection.receive() == "flood" else {
                    return try await connection.send("well")
                }
                while true { try await connection.send(text) }
            } catch {
                journal.write(error)
            }
        }
        var server = TestServer(flooding)
        server.configuration.webSocketTiming.sendTimeout = .milliseconds(300)
        try await server.run { port in
            try await TestPage.live(port) { page in
                try await page.send(.text("flood"))
                let ending = await journal.next()
                #expect(ending == ["slow"])
            }
            try await TestPage.live(port) { page in
                try await page.send(.text("how are you"))
                let text = try await page.text()
                #expect(text == "well")
            }
        }
    }

    @Test func `no more connections are live than may be, and places come back`() async throws {
        let journal = Journal()
        var server = TestServer(.listening(journal))
        server.configuration.liveConnectionCountMaximum = 2
        try await server.run { port in
            try await TestPage.live(port) { _ in
                try await TestPage.live(port) { page in
                    try await TestPage.open(port) { third in
                        let answer = try await third.ask(Handshake().text)
                        #expect(answer.status == 503)
                    }
                    try await page.send(.close(1000))
                    let ending = await journal.next()
                    #expect(ending == ["closed by the page"])
                }
                // The place comes back a moment after the page has seen the end.
                var statuses: Set<Int> = []
                for _ in 0..<1000 where !statuses.contains(101) {
                    try await TestPage.open(port) { third in
                        let answer = try await third.ask(Handshake().text)
                        statuses.insert(answer.status)
                    }
                }
                #expect(statuses.contains(101))
            }
        }
    }

    @Test func `live connections count among all connections`() async throws {
        let journal = Journal()
        var server = TestServer(.echo())
        server.configuration.connectionCountMaximum = 1
        try await server.run { port in
            try await TestPage.live(port) { first in
                async let second: Void = TestPage.open(port) { page in
                    let answer = try await page.ask("GET /api/hello HTTP/1.1\r\nHost: h\r\n\r\n")
                    journal.write(answer.body)
                }
                for round in 0..<20 {
                    try await first.send(.text("\(round)"))
                    let text = try await first.text()
                    #expect(text == "\(round)")
                }
                journal.write("closes")
                try await first.send(.close(1000))
                try await second
            }
        }
        let order = await journal.next(2)
        #expect(order == ["closes", "hello"])
    }
}

extension Frame {
    /// A text as the server sends it.
    static func unmasked(_ text: String) -> Frame {
        Frame(opcode: 1, payload: Array(text.utf8), isMasked: false)
    }
}
