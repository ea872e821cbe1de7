import Ports
import StarchairServer
import Testing

/// What a page and the server say to each other.
@Suite(.timeLimit(.minutes(30))) struct ConversationTests {
    static let limit = LiveLimits.textByteCountMaximum

    @Test(arguments: ["", "a", "grüße 👩‍👩‍👧", "\u{0}\u{10FFFF}"])
    func `a text comes back as it was`(text: String) async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { page in
                try await page.send(.text(text))
                let answer = try await page.text()
                #expect(answer == text)
            }
        }
    }

    @Test func `texts of every length form come back in their order`() async throws {
        let lengths = [0, 1, 124, 125, 126, 127, 128, Self.limit - 1, Self.limit]
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { page in
                let frames = lengths.map { Frame.text(String(repeating: "x", count: $0)) }
                try await page.send(frames.flatMap(\.bytes))
                for length in lengths {
                    let text = try await page.text()
                    #expect(text.utf8.count == length)
                }
            }
        }
    }

    @Test func `the server's texts may be longer than a page's`() async throws {
        let lengths = [65_535, 65_536, 1 << 20]
        let live = LiveEndpoint.open { connection in
            do {
                for length in lengths {
                    try await connection.send(String(repeating: "y", count: length))
                }
            } catch {
                Issue.record(error)
            }
        }
        try await TestServer(live).run { port in
            try await TestPage.live(port) { page in
                for length in lengths {
                    let text = try await page.text()
                    #expect(text.utf8.count == length)
                }
                let close = try await page.frame()
                #expect(close?.code == 1000)
                try await page.send(.close(1000))
            }
        }
    }

    @Test func `fragments make one text, whatever comes between them`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { page in
                let half = String(repeating: "h", count: Self.limit / 2)
                try await page.send(.text(half, isFinal: false), .ping("between"))
                try await page.send(
                    .continuation("", isFinal: false), .continuation(half, isFinal: true))
                let pong = try await page.frame()
                #expect(pong == Frame(opcode: 10, payload: Array("between".utf8), isMasked: false))
                let text = try await page.text()
                #expect(text == half + half)
            }
        }
    }

    @Test func `a character may be cut by fragments and by packets`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { page in
                let bytes = Array("€".utf8)
                let frames = [
                    Frame(opcode: 1, payload: [bytes[0]], isFinal: false),
                    Frame(opcode: 0, payload: Array(bytes[1...])),
                ]
                for byte in frames.flatMap(\.bytes) { try await page.send([byte]) }
                let text = try await page.text()
                #expect(text == "€")
            }
        }
    }

    @Test func `a ping is answered with its payload, a pong by nothing`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { page in
                for payload in ["", "p", String(repeating: "p", count: 125)] {
                    try await page.send(Frame(opcode: 10, payload: [1]), .ping(payload))
                    let pong = try await page.frame()
                    #expect(pong?.opcode == 10)
                    #expect(pong?.payload == Array(payload.utf8))
                }
            }
        }
    }

    @Test func `two connections do not hear each other`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { first in
                try await TestPage.live(port) { second in
                    try await first.send(.text("1"))
                    try await second.send(.text("2"))
                    let (one, two) = (try await first.text(), try await second.text())
                    #expect([one, two] == ["1", "2"])
                }
                try await first.send(.text("3"))
                let three = try await first.text()
                #expect(three == "3")
            }
        }
    }

    @Test func `a page that says more than is heard loses nothing`() async throws {
        let journal = Journal()
        let (mayRead, starting) = AsyncStream.makeStream(of: Void.self)
        let live = LiveEndpoint.open { connection in
            for await _ in mayRead { break }
            do throws(LiveError) {
                while let text = try await connection.receive() { journal.write(text) }
            } catch {
                journal.write(error)
            }
        }
        try await TestServer(live).run { port in
            try await TestPage.live(port) { page in
                let texts = (0..<200).map { "\($0)" }
                try await page.send(texts.flatMap { Frame.text($0).bytes })
                try await page.send(.ping("not heard yet"))
                starting.finish()
                let pong = try await page.frame()
                #expect(pong?.opcode == 10)
                let heard = await journal.next(200)
                #expect(heard == texts)
            }
        }
    }

    @Test func `a call to receive that is cancelled takes no text`() async throws {
        let live = LiveEndpoint.open { connection in
            do {
                await withTaskGroup { group in
                    group.addTask {
                        await #expect(throws: LiveError.closed) { try await connection.receive() }
                    }
                    group.cancelAll()
                }
                try await connection.send("go on")
                guard let text = try await connection.receive() else { return }
                try await connection.send(text)
            } catch {
                Issue.record(error)
            }
        }
        try await TestServer(live).run { port in
            try await TestPage.live(port) { page in
                let first = try await page.text()
                #expect(first == "go on")
                try await page.send(.text("still here"))
                let second = try await page.text()
                #expect(second == "still here")
            }
        }
    }
}
