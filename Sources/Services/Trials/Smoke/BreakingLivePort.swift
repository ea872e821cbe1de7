import Synchronization

/// A way to an installation whose connections break after each text, so that a page must come back
/// for the next.
final class BreakingLivePort: LivePort {
    private let port: any LivePort
    private let count = Mutex(0)

    init(_ port: any LivePort) { self.port = port }

    /// Connections that were had.
    var connectionCount: Int { count.withLock { $0 } }

    func connect(
        session: String, after sequence: Int64
    ) async throws(NoAnswer) -> any LiveStream {
        let stream = try await port.connect(session: session, after: sequence)
        count.withLock { $0 += 1 }
        return Stream(stream: stream)
    }

    private final class Stream: LiveStream {
        private let stream: any LiveStream
        private let hasShown = Mutex(false)

        init(stream: any LiveStream) { self.stream = stream }

        func next() async -> String? {
            let isBroken = hasShown.withLock { hasShown in
                defer { hasShown = true }
                return hasShown
            }
            return isBroken ? nil : await stream.next()
        }

        func close() async { await stream.close() }
    }
}
