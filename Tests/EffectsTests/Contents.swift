import BSON
import MemoryAdapters
import Ports

@testable import Effects

/// What a store holds of the bank's doings.
struct Contents: Hashable, Sendable {
    /// The amount of each account asked for.
    var amounts: [String: Int] = [:]
    var idempotencyCount = 0
    var outboxCount = 0
    var auditCount = 0

    init(amounts: [String: Int] = [:], each count: Int = 0) {
        self.amounts = amounts
        (idempotencyCount, outboxCount, auditCount) = (count, count, count)
    }

    init(of table: DocumentTable, accounts: [String] = ["ada"]) throws {
        for (id, document) in try table.documents(accounts, in: Balance.collection.name) {
            amounts[id] = try Balance.collection.decode(document).value.amount
        }
        idempotencyCount = try table.ids(of: EffectsCollection.idempotency, by: "expiry").count
        outboxCount = try table.ids(of: EffectsCollection.outbox, by: "due").count
        auditCount = try table.ids(of: EffectsCollection.audit, by: "time").count
    }
}

extension DocumentTable {
    /// The ids of the documents that stand in an index, in its order; 500 at most.
    func ids(of collection: String, by index: String) throws -> [String] {
        try page(
            IndexQuery(index, in: collection, prefix: [], limit: StoreLimits.pageCountMaximum)
        ).documents.map(\.id)
    }

    /// The values that stand in an index, in its order; 500 at most.
    func values<Value>(
        of collection: DocumentCollection<Value>, by index: String
    ) throws -> [Value] {
        try page(
            IndexQuery(
                index, in: collection.name, prefix: [], limit: StoreLimits.pageCountMaximum)
        ).documents.map { try collection.decode($0).value }
    }
}
