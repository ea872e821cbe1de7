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
            try await database.perform(for: node, isChange: false) { [database] in
                Result { () throws(StoreError) in
                    try database.table.documents(ids, in: collection)
                }
            }
        }

        func page(_ query: IndexQuery) async throws(StoreError) -> DocumentPage {
            try await database.perform(for: node, isChange: false) { [database] in
                Result { () throws(StoreError) in try database.table.page(query) }
            }
        }

        func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
            try await database.perform(for: node, isChange: true) { [database] in
                database.commit(writes)
            }
        }
    }
}
