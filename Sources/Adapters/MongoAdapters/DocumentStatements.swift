import Ports

/// The commands that make a group's changes, in one order for all who write.
struct DocumentStatements {
    /// Bytes of statements in one command; the server takes 16 MiB.
    private static let commandByteCountMaximum = 8 << 20

    private let form: DocumentForm
    private var updates: [[UInt8]] = []
    private var removedDocuments: [[UInt8]] = []
    private var removedEntries: [[UInt8]] = []
    private var newEntries: [[UInt8]] = []

    init(_ changes: [GroupPlan.Change], _ form: DocumentForm) {
        self.form = form
        for change in changes { add(change) }
    }

    /// Runs the commands in the connection's transaction.
    func run(_ connection: MongoConnection) throws {
        try run("update", "updates", updates, form.documents, connection)
        try run("delete", "deletes", deletions(removedDocuments), form.documents, connection)
        try run("delete", "deletes", deletions(removedEntries), form.entries, connection)
        try run("insert", "documents", newEntries, form.entries, connection)
    }

    private mutating func add(_ change: GroupPlan.Change) {
        switch (change.found.version, change.left.version) {
        case (nil, nil):
            updates.append(Self.replacement(change.id, GroupPlan.Row(version: 0, body: [])))
            removedDocuments.append(change.id)
        case (.some, nil):
            removedDocuments.append(change.id)
        case (_, .some):
            updates.append(
                change.left.body == nil
                    ? Self.touch(change.id) : Self.replacement(change.id, change.left))
        }
        let (old, new) = (change.found.places, change.left.places)
        for place in old.subtracting(new) {
            removedEntries.append(DocumentForm.entryID(place, change.key))
        }
        for place in new.subtracting(old) {
            newEntries.append(
                FieldWriter.document {
                    $0.add("_id", document: DocumentForm.entryID(place, change.key))
                })
        }
    }

    private static func replacement(_ id: [UInt8], _ row: GroupPlan.Row) -> [UInt8] {
        let body = row.body ?? []
        return FieldWriter.document(capacity: body.count + 256) { fields in
            fields.add("q") { $0.add("_id", document: id) }
            fields.add("u") {
                $0.add("_id", document: id)
                $0.add("v", row.version ?? 0)
                $0.add("k", documents: row.places)
                DocumentForm.add(body: body, to: &$0)
            }
            fields.add("upsert", true)
        }
    }

    private static func touch(_ id: [UInt8]) -> [UInt8] {
        FieldWriter.document { fields in
            fields.add("q") { $0.add("_id", document: id) }
            fields.add("u") { $0.add("$inc") { $0.add("t", 1) } }
        }
    }

    private func deletions(_ ids: [[UInt8]]) -> [[UInt8]] {
        ids.map { id in
            FieldWriter.document { fields in
                fields.add("q") { $0.add("_id", document: id) }
                fields.add("limit", 1)
            }
        }
    }

    /// Runs statements by as few commands as take them; each must meet one document.
    private func run(
        _ verb: String, _ list: String, _ statements: [[UInt8]], _ namespace: Namespace,
        _ connection: MongoConnection
    ) throws {
        var rest = statements[...]
        while !rest.isEmpty {
            var byteCount = 0
            let part = rest.prefix { statement in
                byteCount += statement.count
                return byteCount <= Self.commandByteCountMaximum
            }
            rest = rest.dropFirst(part.count)
            let command = FieldWriter.document(capacity: byteCount + 16 * part.count + 256) {
                $0.add(verb, namespace.name)
                $0.add(list, documents: part)
                $0.add("maxTimeMS", connection.configuration.commandTimeout.milliseconds)
            }
            let count = try connection.write(command, in: namespace.database)
            guard count == Int64(part.count) else {
                throw StoreError.corrupt("\(namespace.name) does not hold what it was read to hold")
            }
        }
    }
}
