import MemoryAdapters
import Ports

/// A service's database server: a commit is durable in the instant in which it happens.
public final class SimulatedDatabase: SimulatedServer, @unchecked Sendable {
    /// What is stored.
    public private(set) var table = DocumentTable()

    /// An empty database.
    public override init(_ name: String, _ simulation: Simulation) {
        super.init(name, simulation)
    }

    /// The database as `node` uses it.
    public func store(for node: SimulatedNode) -> any DocumentStore {
        Client(database: self, node: node)
    }

    private func commit(_ writes: [DocumentWrite]) -> Result<Void, StoreError> {
        let result = Result { () throws(StoreError) in try table.commit(writes) }
        if case .success = result { simulation.count("commits") }
        return result
    }

    private struct Client: DocumentStore {
        let database: SimulatedDatabase
        let node: SimulatedNode

        func documents(
            _ ids: [String], in collection: String
        ) async throws(StoreError) -> [String: StoredDocument] {
            try await database.perform(
                for: node, isChange: false, text: text("read \(collection) × \(ids.count)")
            ) { [database] in
                Result { () throws(StoreError) in
                    try database.table.documents(ids, in: collection)
                }
            }
        }

        func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
            try await database.perform(
                for: node, isChange: false,
                text: text("page of \(query.collection) by \(query.index)")
            ) { [database] in
                Result { () throws(StoreError) in try database.table.page(query) }
            }
        }

        func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
            try await database.perform(
                for: node, isChange: true, text: text("commit \(Self.words(writes))")
            ) { [database] in
                database.commit(writes)
            }
        }

        private func text(_ text: @autoclosure () -> String) -> String? {
            node.simulation.textForTrace(text())
        }

        /// How many documents of which collections are written.
        private static func words(_ writes: [DocumentWrite]) -> String {
            Dictionary(grouping: writes, by: \.key.collection)
                .map { "\($0.key) × \($0.value.count)" }.sorted().joined(separator: ", ")
        }
    }
}
