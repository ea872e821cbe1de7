import Ports
import StarchairServer
import Testing

/// What a page must not send, and what it is told (RFC 6455, sections 5 and 7.4.1).
@Suite(.timeLimit(.minutes(30))) struct ViolationTests {
    static let limit = LiveLimits.textByteCountMaximum

    static let violations: [(String, [Frame], LiveCloseReason)] = [
        ("binary", [Frame(opcode: 2, payload: [1])], .unsupportedData),
        ("empty binary", [Frame(opcode: 2)], .unsupportedData),
        ("binary in fragments", [Frame(opcode: 2, isFinal: false)], .unsupportedData),
        ("no text", [Frame(opcode: 1, payload: [0xC3, 0x28])], .invalidText),
        ("half a character", [Frame(opcode: 1, payload: [0xE2, 0x82])], .invalidText),
        ("a surrogate", [Frame(opcode: 1, payload: [0xED, 0xA0, 0x80])], .invalidText),
        ("too long", [.text(String(repeating: "a", count: limit + 1))], .tooLarge),
        ("65,536 bytes", [Frame(opcode: 1, claimedLength: 65_536)], .tooLarge),
        ("a huge length", [Frame(opcode: 1, claimedLength: 1 << 62)], .tooLarge),
        ("2^63", [Frame(opcode: 1, claimedLength: 1 << 63)], .protocolError),
        (
            "too long in fragments",
            [
                .text(String(repeating: "a", count: limit), isFinal: false),
                .continuation("", isFinal: false), .continuation("a", isFinal: true),
            ], .tooLarge
        ),
        ("no mask", [Frame(opcode: 1, payload: [65], isMasked: false)], .protocolError),
        ("a ping without mask", [Frame(opcode: 9, isMasked: false)], .protocolError),
        ("reserved bit 1", [Frame(opcode: 1, reservedBits: 4)], .protocolError),
        ("reserved bit 2", [Frame(opcode: 1, reservedBits: 2)], .protocolError),
        ("reserved bit 3", [Frame(opcode: 9, reservedBits: 1)], .protocolError),
        ("a ping in fragments", [Frame(opcode: 9, isFinal: false)], .protocolError),
        ("a close in fragments", [Frame(opcode: 8, isFinal: false)], .protocolError),
        (
            "a long ping", [Frame(opcode: 9, payload: Array(repeating: 0, count: 126))],
            .protocolError
        ),
        ("a huge pong", [Frame(opcode: 10, claimedLength: 1 << 40)], .protocolError),
        ("a long length", [Frame(opcode: 1, payload: [65], lengthByteCount: 2)], .protocolError),
        (
            "a longer length", [Frame(opcode: 1, claimedLength: 300, lengthByteCount: 8)],
            .protocolError
        ),
        ("a continuation of nothing", [.continuation("a", isFinal: true)], .protocolError),
        (
            "a text in a text", [.text("a", isFinal: false), .text("b", isFinal: true)],
            .protocolError
        ),
        ("a close of one byte", [Frame(opcode: 8, payload: [3])], .protocolError),
        ("a reserved code", [.close(1005)], .protocolError),
        ("an unknown code", [.close(5000)], .protocolError),
        ("no reason", [Frame(opcode: 8, payload: [3, 0xE8, 0xFF])], .invalidText),
    ]

    @Test func `each violation has its code, and costs the connection`() async throws {
        let journal = Journal()
        try await TestServer(.echo(journal)).run { port in
            for (name, frames, reason) in Self.violations {
                try await TestPage.live(port) { page in
                    try await page.send(frames.flatMap(\.bytes))
                    #expect(try await page.closeCode() == reason.rawValue, "\(name)")
                }
                #expect(await journal.next() == ["malformed(\(reason.rawValue))"], "\(name)")
            }
        }
    }

    @Test(arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8])
    func `an opcode without meaning breaks the protocol`(opcode: UInt8) async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { page in
                try await page.send(Frame(opcode: opcode))
                #expect(try await page.closeCode() == 1002)
            }
        }
    }

    @Test func `what was said before a violation is received`() async throws {
        let journal = Journal()
        let live = LiveEndpoint.listening(journal)
        try await TestServer(live).run { port in
            try await TestPage.live(port) { page in
                try await page.send(.text("first"), .text("second"), Frame(opcode: 2))
                #expect(try await page.closeCode() == 1003)
            }
        }
        #expect(await journal.next(3) == ["first", "second", "malformed(1003)"])
    }

    @Test func `who goes on after a violation still sees the reason`() async throws {
        try await TestServer(.echo()).run { port in
            try await TestPage.live(port) { page in
                try await page.send(Frame(opcode: 1, claimedLength: 1 << 30))
                let flood = [UInt8](repeating: 0xAA, count: 64 * 1024)
                for _ in 0..<16 { try await page.send(flood) }
                #expect(try await page.closeCode() == 1009)
            }
        }
    }
}
