import NIOCore
import Ports
import Testing

@testable import StarchairServer

/// What bytes say, without a connection.
@Suite struct WebSocketReaderTests {
    static let conversation: [Frame] = [
        .text("a"), .ping(""), .text("b", isFinal: false), .ping("c"),
        .continuation("d", isFinal: false), .continuation("", isFinal: true),
        Frame(opcode: 10, payload: [1]),
        .text(String(repeating: "e", count: LiveLimits.textByteCountMaximum)), .text(""),
        .close(1000),
    ]

    static let meaning: [WebSocketReader.Event] = [
        .text("a"), .ping([]), .ping(Array("c".utf8)), .text("bd"), .pong,
        .text(String(repeating: "e", count: LiveLimits.textByteCountMaximum)), .text(""),
        .close(1000),
    ]

    /// What pieces of bytes say, and what is wrong with them.
    static func read(
        _ pieces: some Sequence<some Sequence<UInt8>>
    ) -> ([WebSocketReader.Event], WebSocketViolation?) {
        var reader = WebSocketReader()
        var buffer = ByteBuffer()
        var events: [WebSocketReader.Event] = []
        do throws(WebSocketViolation) {
            for piece in pieces {
                buffer.writeBytes(piece)
                while let event = try reader.next(&buffer) { events.append(event) }
            }
            return (events, nil)
        } catch {
            return (events, error)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 100, 5000, 100_000])
    func `bytes say the same in pieces of any size`(size: Int) {
        let bytes = Self.conversation.flatMap(\.bytes)
        let pieces = stride(from: 0, to: bytes.count, by: size).map {
            bytes[$0..<min($0 + size, bytes.count)]
        }
        let (events, violation) = Self.read(pieces)
        #expect(events == Self.meaning)
        #expect(violation == nil)
    }

    @Test func `a head that cannot be right is refused at its first wrong byte`() {
        for byte: UInt8 in [0x83, 0xC1, 0x09] {
            #expect(Self.read([[byte]]).1 == WebSocketViolation(reason: .protocolError))
        }
        #expect(Self.read([[0x81, 0x01]]).1 == WebSocketViolation(reason: .protocolError))
        #expect(Self.read([[0x89, 0xFE]]).1 == WebSocketViolation(reason: .protocolError))
    }

    @Test func `a huge length is refused by the head alone`() {
        let head = Frame(opcode: 1, claimedLength: 1 << 62).bytes
        #expect(Self.read([head]).1 == WebSocketViolation(reason: .tooLarge))
        #expect(Self.read([head.dropLast()]).1 == nil)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `changed bytes say less or are refused, and no text is longer than it may be`(
        seed: UInt64
    ) {
        var random = SplitMix64(state: seed)
        for _ in 0..<100 {
            let bytes = Mutation.of(Self.conversation.flatMap(\.bytes), by: &random)
            let (whole, wholeViolation) = Self.read([bytes])
            let (pieces, violation) = Self.read(bytes.map { [$0] })
            #expect(whole == pieces)
            #expect(wholeViolation == violation)
            for case .text(let text) in whole {
                #expect(text.utf8.count <= LiveLimits.textByteCountMaximum)
            }
        }
    }
}
