import GRDB
import Synchronization

/// Connections that only read, each used by one thread at a time.
///
/// The connections of a pool look before each read whether the schema has changed, which takes as
/// long as a document does; here it does not change while the file is open.
final class ReadConnections: Sendable {
    private let connections: [DatabaseQueue]
    /// Those that nobody uses; the last was used last, and has the most in its memory.
    private let free: Mutex<[DatabaseQueue]>
    private let turn = Atomic(0)

    /// Opens so many connections to a file that has its present form.
    init(_ path: String, count: Int, configuration: Configuration) throws {
        var configuration = configuration
        configuration.readonly = true
        let connections = try (0..<count).map { _ in
            try DatabaseQueue(path: path, configuration: configuration)
        }
        self.connections = connections
        free = Mutex(connections)
    }

    /// Runs `body` on the calling thread with a connection; when none is free, after another
    /// read.
    ///
    /// - Parameter statementCount: one statement sees one state by itself; several need a
    ///   transaction for that.
    func read<Value>(statementCount: Int, _ body: (Database) throws -> Value) throws -> Value {
        guard let connection = free.withLock({ $0.popLast() }) else {
            let turn = turn.wrappingAdd(1, ordering: .relaxed).oldValue
            let busy = connections[Int(UInt(bitPattern: turn) % UInt(connections.count))]
            return try Self.read(busy, statementCount, body)
        }
        defer { free.withLock { $0.append(connection) } }
        return try Self.read(connection, statementCount, body)
    }

    private static func read<Value>(
        _ connection: DatabaseQueue, _ statementCount: Int, _ body: (Database) throws -> Value
    ) throws -> Value {
        try statementCount == 1 ? connection.unsafeRead(body) : connection.read(body)
    }

    func close() throws { for connection in connections { try connection.close() } }
}
