import NIOCore

/// A frame of the raw echo: its length and its number, 4 bytes each, then its content.
struct NIOFrame: Sendable {
    static let byteCountMaximum = 4 << 20

    let number: UInt32
    let content: ByteBuffer

    func write(to buffer: inout ByteBuffer) {
        buffer.writeInteger(UInt32(content.readableBytes))
        buffer.writeInteger(number)
        buffer.writeImmutableBuffer(content)
    }

    struct Decoder: NIOSingleStepByteToMessageDecoder {
        typealias InboundOut = NIOFrame

        func decode(buffer: inout ByteBuffer) throws -> NIOFrame? {
            let start = buffer.readerIndex
            guard let (count, number) = buffer.readMultipleIntegers(as: (UInt32, UInt32).self)
            else { return nil }
            guard count <= NIOFrame.byteCountMaximum else { throw TooLong() }
            guard let content = buffer.readSlice(length: Int(count)) else {
                buffer.moveReaderIndex(to: start)
                return nil
            }
            return NIOFrame(number: number, content: content)
        }

        func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> NIOFrame? {
            try decode(buffer: &buffer)
        }
    }

    struct TooLong: Error {}
}

/// Sends the frames that one turn of the event loop brings together in one write.
struct NIOFrameOutput {
    private var buffer = ByteBuffer()

    /// Adds a frame; true when it is the first, so that the write must be arranged.
    mutating func add(_ frame: NIOFrame) -> Bool {
        defer { frame.write(to: &buffer) }
        return buffer.readableBytes == 0
    }

    mutating func flush(_ context: ChannelHandlerContext) {
        let full = buffer
        buffer = context.channel.allocator.buffer(capacity: full.readableBytes)
        context.writeAndFlush(NIOAny(full), promise: nil)
    }
}
