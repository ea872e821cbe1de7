import NIOCore

/// A request's body that arrives in pieces and may break off.
struct TestBody: AsyncSequence, Sendable {
    var bytes: [UInt8]
    var pieceByteCount = 4096
    /// Where the connection breaks.
    var cut: Int?

    struct BrokenConnection: Error {}

    struct Iterator: AsyncIteratorProtocol {
        let body: TestBody
        var offset = 0

        mutating func next() async throws -> ByteBuffer? {
            if offset == body.cut { throw BrokenConnection() }
            let end = Swift.min(offset + body.pieceByteCount, body.cut ?? body.bytes.count)
            guard end > offset else { return nil }
            defer { offset = end }
            return ByteBuffer(bytes: body.bytes[offset..<end])
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }
}
