import Glibc

/// The stored form of one kind of store, and how an older one becomes the present one.
///
/// The collection `format` holds `{_id: the kind, version: n}`, written before anything else.
struct MongoFormat {
    typealias Step = @Sendable (MongoConnection, _ database: String) throws -> Void

    /// The document store's form.
    static let documents = MongoFormat(
        kind: "documents", collections: ["documents", "entries"],
        steps: [{ try $0.create(["documents", "entries"], in: $1) }])

    /// Names the kind in the collection `format`.
    private let kind: String
    /// The collections that only this kind of store has.
    private let collections: [String]
    /// Step n turns version n into version n + 1, and may run twice or beside another replica's.
    private let steps: [Step]

    /// The version that this release writes.
    var version: Int { steps.count }

    init(kind: String, collections: [String], steps: [Step]) {
        self.kind = kind
        self.collections = collections
        self.steps = steps
    }

    /// Refuses what is newer or another program's, and brings the rest to the present version.
    func open(_ database: String, _ clients: MongoClients) async throws(MongoOpenError) {
        do {
            try await clients.run("mongo.open") { try open(database, $0) }
        } catch let error as MongoOpenError {
            throw error
        } catch let failure as MongoFailure where failure.isRefusal {
            throw .unusable(reason: failure.message)
        } catch {
            throw .unavailable
        }
    }

    private func open(_ database: String, _ connection: MongoConnection) throws {
        try checkServer(connection)
        while true {
            let found = try settledVersion(database, connection)
            guard found < version else { return }
            if let step = found < 0 ? nil : steps[found] {
                try step(connection, database)
            } else {
                try checkOwner(database, connection)
            }
            try set(found + 1, from: found, database, connection)
        }
    }

    /// Refuses a server that has no transactions or no snapshots.
    private func checkServer(_ connection: MongoConnection) throws {
        let hello = FieldWriter.document { $0.add("hello", 1) }
        try connection.command(hello, in: "admin") { reply in
            guard try reply.value("setName") != nil || reply.value("msg") != nil else {
                throw MongoOpenError.unusable(reason: "the server is in no replica set")
            }
            guard try reply.required("maxWireVersion").integer >= Self.wireVersionMinimum else {
                throw MongoOpenError.unusable(reason: "the server is older than MongoDB 5.0")
            }
        }
    }

    /// MongoDB 5.0, the first with snapshots outside transactions.
    private static let wireVersionMinimum = 13

    /// The pause before a read is tried again.
    private static let pauseMicroseconds: UInt32 = 2000

    /// ``found(_:_:)``, tried again for as long as a command may take when another replica has just
    /// made the collection: no snapshot of the majority shows it yet.
    private func settledVersion(
        _ database: String, _ connection: MongoConnection
    ) throws -> Int {
        let deadline = ContinuousClock.now + connection.configuration.commandTimeout
        while true {
            do {
                return try found(database, connection)
            } catch let failure as MongoFailure
                where failure.isServer(ServerCode.snapshotUnavailable) && .now < deadline
            {
                usleep(Self.pauseMicroseconds)
            }
        }
    }

    /// The version found; -1 when the database has no mark.
    private func found(_ database: String, _ connection: MongoConnection) throws -> Int {
        var found = -1
        let filter = FieldWriter.document { $0.add("_id", kind) }
        try connection.find(filter, in: Namespace("format", in: database)) { _ in
        } _: { row in
            found = Int(try row.required("version").integer)
        }
        guard found <= version else {
            throw MongoOpenError.newer(found: found, supported: version)
        }
        return found
    }

    private func checkOwner(_ database: String, _ connection: MongoConnection) throws {
        let command = FieldWriter.document { fields in
            fields.add("listCollections", 1)
            fields.add("nameOnly", true)
            fields.add("filter") { fields in
                fields.add("name") { fields in
                    fields.add("$in", each: collections) { $0.add($1, $2) }
                }
            }
        }
        try connection.command(command, in: database) { reply in
            let batch = try reply.required("cursor").document.required("firstBatch").document
            guard try batch.values.isEmpty else {
                throw MongoOpenError.foreign(database: database)
            }
        }
    }

    /// Sets the mark, unless another replica has meanwhile.
    private func set(
        _ version: Int, from found: Int, _ database: String, _ connection: MongoConnection
    ) throws {
        let statement = FieldWriter.document { fields in
            fields.add("q") {
                $0.add("_id", kind)
                if found >= 0 { $0.add("version", found) }
            }
            fields.add("u") { fields in
                fields.add(found < 0 ? "$setOnInsert" : "$set") { $0.add("version", version) }
            }
            fields.add("upsert", found < 0)
        }
        let command = FieldWriter.document {
            $0.add("update", "format")
            $0.add("updates", documents: [statement])
        }
        try connection.write(command, in: database)
    }
}

extension MongoConnection {
    /// Creates the collections that are not there.
    func create(_ names: [String], in database: String) throws {
        for name in names {
            do {
                try write(FieldWriter.document { $0.add("create", name) }, in: database)
            } catch let failure as MongoFailure
                where failure.isServer(ServerCode.namespaceExists)
            {
                continue
            }
        }
    }
}
