import NIOCore
import NIOPosix
import Testing

/// A client's end of a connection, which says whatever bytes a test wants.
final class TestPage {
    /// A response of HTTP.
    struct Answer {
        var status: Int
        /// By names in small letters; of several fields with one name, all values.
        var fields: [String: [String]]
        var body: String
    }

    struct Ended: Error {}

    let channel: any Channel
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ByteBuffer()

    private init(
        _ channel: any Channel, _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.channel = channel
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// Connects, and disconnects when the work is done.
    static func open(_ port: Int, _ work: (TestPage) async throws -> Void) async throws {
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        try await client.executeThenClose { inbound, outbound in
            try await work(TestPage(client.channel, inbound, outbound))
        }
    }

    /// Connects and shakes hands.
    static func live(_ port: Int, _ work: (TestPage) async throws -> Void) async throws {
        try await open(port) { page in
            let answer = try await page.ask(Handshake().text)
            try #require(answer.status == 101)
            try await work(page)
        }
    }

    func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    func send(_ frames: Frame...) async throws { try await send(frames.flatMap(\.bytes)) }

    /// Says that nothing more will come.
    func finish() { outbound.finish() }

    /// Sends a request's text and reads the answer.
    func ask(_ request: String) async throws -> Answer {
        try await send(Array(request.utf8))
        return try await answer()
    }

    func answer() async throws -> Answer {
        var lines: [String] = []
        while true {
            let line = try await line()
            if line.isEmpty { break }
            lines.append(line)
        }
        var answer = Answer(status: 0, fields: [:], body: "")
        let parts = try #require(lines.first).split(separator: " ")
        answer.status = try #require(Int(parts[1]))
        for line in lines.dropFirst() {
            let colon = try #require(line.firstIndex(of: ":"))
            let value = line[colon...].dropFirst().drop { $0 == " " }
            answer.fields[line[..<colon].lowercased(), default: []].append(String(value))
        }
        let length = answer.fields["content-length"]?.first.flatMap { Int($0) } ?? 0
        answer.body = String(decoding: try await bytes(length), as: UTF8.self)
        return answer
    }

    /// The server's next frame; nil when it has closed the connection.
    func frame() async throws -> Frame? {
        guard await fill(2) else { return nil }
        let head = try await bytes(2)
        var length = Int(head[1] & 0x7F)
        if length > 125 {
            let count = length == 126 ? 2 : 8
            length = try await bytes(count).reduce(0) { $0 << 8 | Int($1) }
        }
        return Frame(
            opcode: head[0] & 15, payload: try await bytes(length), isFinal: head[0] & 128 != 0,
            reservedBits: head[0] >> 4 & 7, isMasked: head[1] & 128 != 0)
    }

    /// The text of the server's next frame.
    func text() async throws -> String {
        let frame = try #require(try await frame())
        #expect(frame.opcode == 1 && frame.isFinal && frame.reservedBits == 0 && !frame.isMasked)
        return String(decoding: frame.payload, as: UTF8.self)
    }

    /// Reads up to the close frame and to the end; the frame's code.
    func closeCode() async throws -> UInt16? {
        while let frame = try await frame() {
            guard frame.opcode == 8 else { continue }
            #expect(try await self.frame() == nil)
            return frame.code
        }
        return nil
    }

    private func line() async throws -> String {
        var line: [UInt8] = []
        while !line.suffix(2).elementsEqual([13, 10]) { line += try await bytes(1) }
        return String(decoding: line.dropLast(2), as: UTF8.self)
    }

    private func bytes(_ count: Int) async throws -> [UInt8] {
        guard await fill(count) else { throw Ended() }
        return received.readBytes(length: count) ?? []
    }

    /// Reads until there are so many bytes; false if the connection ended before.
    private func fill(_ count: Int) async -> Bool {
        while received.readableBytes < count {
            do {
                guard var more = try await inbound.next() else { return false }
                received.writeBuffer(&more)
            } catch {
                // A reset is an end.
                return false
            }
        }
        return true
    }
}
