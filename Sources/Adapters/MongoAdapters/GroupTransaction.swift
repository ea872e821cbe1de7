import Ports

/// Writes several commits by one transaction, each of which succeeds or fails alone.
///
/// A transaction reads a snapshot, in which two could each depend on what the other changes. So
/// what a commit depends on is written too: a counter in a document that is there, and a document
/// put and taken back where none may be. Of two that meet, one is then tried again.
struct GroupTransaction {
    let connection: MongoConnection
    let form: DocumentForm

    /// Applies the commits in order and gives the result of each.
    ///
    /// When the server refuses the group, each commit is tried in a transaction of its own, so
    /// that one that it cannot take spoils no other.
    func run(_ commits: [[DocumentWrite]]) -> [Result<Void, StoreError>] {
        do {
            return try MongoTransaction(connection).run { try attempt(commits) }
        } catch let failure as MongoFailure where failure.isRefusal && commits.count > 1 {
            return commits.flatMap { run([$0]) }
        } catch {
            return commits.map { _ in .failure(StoreError(mongo: error)) }
        }
    }

    private func attempt(
        _ commits: [[DocumentWrite]]
    ) throws -> MongoTransaction.Verdict<[Result<Void, StoreError>]> {
        let plan = GroupPlan(commits, found: try found(commits))
        let changes = plan.changes
        guard !changes.isEmpty else { return .abandon(plan.results) }
        try DocumentStatements(changes, form).run(connection)
        return .commit(plan.results)
    }

    /// The documents that the commits name, without their bodies.
    private func found(_ commits: [[DocumentWrite]]) throws -> [[UInt8]: GroupPlan.Row] {
        var ids: [[UInt8]] = []
        var seen: Set<[UInt8]> = []
        for write in commits.joined() {
            let id = DocumentForm.documentID(write.key)
            if seen.insert(id).inserted { ids.append(id) }
        }
        var rows: [[UInt8]: GroupPlan.Row] = [:]
        try connection.find(FieldWriter.document { $0.add(ids: ids) }, in: form.documents) {
            $0.add("projection") {
                $0.add("v", true)
                $0.add("k", true)
            }
            $0.add("batchSize", ids.count + 1)
        } _: { row in
            let places = try row.required("k").document.values.map { try $0.document.copy }
            rows[try row.required("_id").document.copy] = GroupPlan.Row(
                version: try row.required("v").integer, places: Set(places))
        }
        return rows
    }
}

extension FieldWriter {
    /// Adds the condition that `_id` is one of these.
    mutating func add(ids: [[UInt8]]) {
        if let id = ids.first, ids.count == 1 {
            add("_id", document: id)
        } else {
            add("_id") { $0.add("$in", documents: ids) }
        }
    }
}
