import Hummingbird
import NIOCore
import Platform

/// A request's body that must keep coming: one that trickles would hold its connection for ever.
struct PacedBody: AsyncSequence, Sendable {
    /// How long a body may take whatever its pace.
    static let patience = Duration.seconds(20)
    /// Bytes that must have come for each second after that.
    static let byteCountPerSecond: Int64 = 8 * 1024

    let body: RequestBody
    let clock: any NodeClock

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let clock: any NodeClock
        let start: Duration
        var byteCount: Int64 = 0

        mutating func next() async throws -> ByteBuffer? {
            guard let buffer = try await base.next() else { return nil }
            byteCount += Int64(buffer.readableBytes)
            let time = clock.uptime - start
            if time > PacedBody.patience,
                byteCount < time.components.seconds * PacedBody.byteCountPerSecond
            {
                throw Problem(.requestTimeout, "tooSlow", "The request comes too slowly.")
            }
            return buffer
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: body.makeAsyncIterator(), clock: clock, start: clock.uptime)
    }
}
