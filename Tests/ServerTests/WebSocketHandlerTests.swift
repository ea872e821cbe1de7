import NIOCore
import NIOEmbedded
import Ports
import Testing

@testable import StarchairServer

/// A live connection's clock, without a connection.
@Suite struct WebSocketHandlerTests {
    private let channel = EmbeddedChannel()
    private let handler = WebSocketHandler(timing: WebSocketTiming())
    private let reads = ReadCounter()

    init() throws {
        try channel.pipeline.syncOperations.addHandler(reads)
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait()
        handler.open(ByteBuffer())
        _ = try channel.readOutbound(as: ByteBuffer.self)
    }

    /// The first bytes of the frames that were written meanwhile.
    private func written(after time: TimeAmount) throws -> [[UInt8]] {
        channel.embeddedEventLoop.advanceTime(by: time)
        var frames: [[UInt8]] = []
        while let frame = try channel.readOutbound(as: ByteBuffer.self) {
            frames.append(Array(frame.readableBytesView))
        }
        return frames
    }

    @Test func `a page is asked every 25 seconds, and given up after two silent intervals`() throws
    {
        #expect(try written(after: .milliseconds(24_999)) == [])
        #expect(try written(after: .milliseconds(1)) == [[0x89, 0]])
        try channel.writeInbound(ByteBuffer(bytes: Frame(opcode: 10).bytes))
        #expect(try written(after: .seconds(25)) == [[0x89, 0]])
        #expect(try written(after: .seconds(25)) == [[0x89, 0]])
        #expect(try written(after: .milliseconds(24_999)) == [])
        #expect(try written(after: .milliseconds(1)) == [[0x88, 2, 0x03, 0xF5]])
        #expect(try written(after: .milliseconds(1999)) == [])
        #expect(channel.isActive)
        #expect(try written(after: .milliseconds(1)) == [])
        #expect(!channel.isActive)
    }

    @Test func `half a frame is no sign of life`() throws {
        let frame = Frame.text("long enough").bytes
        for index in 0..<2 {
            #expect(try written(after: .seconds(25)) == [[0x89, 0]])
            try channel.writeInbound(ByteBuffer(bytes: [frame[index]]))
        }
        #expect(try written(after: .seconds(25)) == [[0x88, 2, 0x03, 0xF5]])
    }

    @Test func `a page that is not read from is not given up for its silence`() throws {
        for _ in 0..<WebSocketHandler.waitingTextCountMaximum {
            try channel.writeInbound(ByteBuffer(bytes: Frame.text("unheard").bytes))
        }
        #expect(handler.isPaused)
        for _ in 0..<5 { #expect(try written(after: .seconds(25)) == [[0x89, 0]]) }
    }

    @Test func `a page is read from only while there is room for what it says`() throws {
        let frame = ByteBuffer(bytes: Frame.text("unheard").bytes)
        for _ in 1..<WebSocketHandler.waitingTextCountMaximum {
            let count = reads.count
            try channel.writeInbound(frame)
            #expect(reads.count == count + 1)
        }
        let count = reads.count
        for _ in 0..<3 { try channel.writeInbound(frame) }
        #expect(reads.count == count)
        for _ in 0..<3 {
            let text = handler.receive(.init(), on: channel.eventLoop)
            #expect(try text.wait() == "unheard")
        }
        #expect(handler.texts.count == WebSocketHandler.waitingTextCountMaximum - 1)
        #expect(reads.count == count + 1)
    }

    @Test func `what a page says beyond the bound ends it, even if it is not read from`() throws {
        let frame = ByteBuffer(bytes: Frame.text(String(repeating: "u", count: 4000)).bytes)
        let count = WebSocketHandler.unreadByteCountMaximum / frame.readableBytes
        for _ in 0..<WebSocketHandler.waitingTextCountMaximum + count {
            try channel.writeInbound(frame)
        }
        #expect(channel.isActive)
        try channel.writeInbound(frame)
        #expect(!channel.isActive)
    }

    @Test func `what comes after a violation is read and thrown away, for two seconds`() throws {
        try channel.writeInbound(ByteBuffer(bytes: Frame(opcode: 3).bytes))
        #expect(try written(after: .zero) == [[0x88, 2, 0x03, 0xEA]])
        #expect(reads.isOutputClosed)
        for _ in 0..<100 {
            let count = reads.count
            try channel.writeInbound(ByteBuffer(repeating: 0xAA, count: 4096))
            #expect(reads.count == count + 1)
            #expect(handler.unread.readableBytes == 0)
        }
        #expect(try written(after: .milliseconds(1999)) == [])
        #expect(channel.isActive)
        #expect(try written(after: .milliseconds(1)) == [])
        #expect(!channel.isActive)
    }

    @Test func `a violation's connection ends when the page has seen it`() throws {
        try channel.writeInbound(ByteBuffer(bytes: Frame(opcode: 3).bytes))
        #expect(channel.isActive)
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!channel.isActive)
    }

    @Test func `a listener that stops closes no input before the page has answered`() throws {
        channel.close(mode: .input, promise: nil)
        #expect(try written(after: .zero) == [[0x88, 2, 0x03, 0xE9]])
        #expect(channel.isActive)
        try channel.writeInbound(ByteBuffer(bytes: Frame.close(1001).bytes))
        #expect(!channel.isActive)
    }

    @Test func `of pings that come while an answer is written, the last is answered`() {
        var pongs = WebSocketPongs()
        let begun = (1...3).map { pongs.begins(with: [$0]) }
        #expect(begun == [true, false, false])
        let (next, begunNext) = (pongs.next(), pongs.begins(with: [4]))
        #expect(next == [3])
        #expect(!begunNext)
        let last = [pongs.next(), pongs.next()]
        #expect(last == [[4], nil])
        let begunLast = pongs.begins(with: [5])
        #expect(begunLast)
    }

    @Test func `a ping that cannot be written is not written twice, and counts`() {
        var pings = WebSocketPings()
        let actions = (0..<3).map { _ in
            pings.isDue(isListening: false, unansweredCountMaximum: 2)
        }
        #expect(actions == [.write, .wait, .giveUp])
    }
}
