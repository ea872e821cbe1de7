/// SQLite alone, on a file that a ``SQLiteDocumentStore`` made: a connection for each thread that
/// reads and one that writes, with as many commits in a transaction as are in flight.
struct RawSQLite: RawStore {
    /// Connections that read, as many as the store has.
    private static let readerCountMaximum = 4

    private let readers: [RawSQLiteConnection]
    private let writer: RawSQLiteConnection
    private let contents: StoreContents
    private let threads = BlockingThreads(countMaximum: Self.readerCountMaximum)

    init(path: String, contents: StoreContents) throws {
        readers = try (0..<Self.readerCountMaximum).map { _ in try RawSQLiteConnection(path) }
        writer = try RawSQLiteConnection(path)
        self.contents = contents
    }

    /// The threads that read for so many in flight.
    static func readerCount(for width: Int) -> Int { min(width, readerCountMaximum) }

    func run(_ work: StoreWork, _ count: Int, _ width: Int) async throws -> Int {
        switch work {
        case .get:
            try await read(count, width) { try $0.get(StoreContents.id($1)) }
        case .page:
            try await read(count, width) { try $0.page(group: $1 / StoreContents.pageCount) }
        case .commit:
            try await threads.sum(count, 1) { _, _ in
                for start in stride(from: 0, to: count, by: width) {
                    let numbers = (start..<min(start + width, count)).map { _ in
                        contents.nextNumber()
                    }
                    try writer.commit(numbers, contents.body)
                }
                return count
            }
        }
    }

    private func read(
        _ count: Int, _ width: Int,
        _ body: @escaping @Sendable (RawSQLiteConnection, _ number: Int) throws -> Int
    ) async throws -> Int {
        try await threads.sum(count, Self.readerCount(for: width)) { thread, share in
            var sum = 0
            for _ in 0..<share { sum += try body(readers[thread], contents.nextNumber()) }
            return sum
        }
    }
}
