import Ports

/// What happened in a server, in order, for a test to wait for.
struct Journal: Sendable {
    private let entries: AsyncStream<String>
    private let writer: AsyncStream<String>.Continuation

    init() { (entries, writer) = AsyncStream.makeStream() }

    func write(_ entry: String) { writer.yield(entry) }

    func write(_ error: LiveError) {
        switch error {
        case .closed: write("closed")
        case .slow: write("slow")
        case .malformed(let reason): write("malformed(\(reason.rawValue))")
        }
    }

    /// Waits for the next entries.
    func next(_ count: Int = 1) async -> [String] {
        var found: [String] = []
        for await entry in entries {
            found.append(entry)
            if found.count == count { break }
        }
        return found
    }
}
