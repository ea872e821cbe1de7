import Platform
import Ports

/// The files of a ``MongoBlobStore`` by one connection; its calls block.
struct GridFiles {
    /// Uploads that one sweep looks at.
    private static let sweepCountMaximum = 1000

    let connection: MongoConnection
    let form: GridForm

    /// Begins an upload.
    func begin(_ upload: String, at moment: Instant) throws {
        try insert(form.uploads) {
            $0.add("_id", upload)
            $0.add("at", moment)
        }
    }

    /// Writes a chunk of an upload, in the place of one that was written before.
    func put(_ chunk: ArraySlice<UInt8>, at index: Int, of upload: String) throws {
        let statement = FieldWriter.document(capacity: chunk.count + 256) { fields in
            fields.add("q") {
                $0.add("files_id", upload)
                $0.add("n", index)
            }
            fields.add("u") { fields in
                fields.add("$set") {
                    $0.add("data", binary: chunk)
                    $0.add("sum", binary: ChunkSum(chunk).bytes)
                }
            }
            fields.add("upsert", true)
        }
        try write("update", "updates", statement, form.chunks)
    }

    /// Makes an upload a file; false when it has been swept.
    func publish(
        _ upload: String, as id: BlobID, byteCount: Int64, at moment: Instant
    ) throws -> Bool {
        try MongoTransaction(connection).run {
            let isThere = try delete(form.uploads) {
                $0.add("_id", upload)
                $0.add("doomed") { $0.add("$exists", false) }
            }
            guard isThere else { return .abandon(false) }
            try insert(form.files) {
                $0.add("_id", upload)
                $0.add("filename", id.text)
                $0.add("length", byteCount)
                $0.add("chunkSize", GridForm.chunkByteCount)
                $0.add("uploadDate", moment)
            }
            return .commit(true)
        }
    }

    /// Removes a file, when it is there.
    func remove(_ id: BlobID) throws {
        let upload = try MongoTransaction(connection).run {
            guard let file = try file(id) else {
                return MongoTransaction.Verdict<String?>.abandon(nil)
            }
            try delete(form.files) { $0.add("_id", file.upload) }
            try insert(form.uploads) {
                $0.add("_id", file.upload)
                $0.add("at", Instant(millisecondsSince1970: 0))
                $0.add("doomed", true)
            }
            return .commit(file.upload)
        }
        if let upload { try clear(upload) }
    }

    /// Forgets an upload that is no file: its chunks, then its row.
    func clear(_ upload: String) throws {
        let chunks = FieldWriter.document { fields in
            fields.add("q") { $0.add("files_id", upload) }
            fields.add("limit", 0)
        }
        try write("delete", "deletes", chunks, form.chunks)
        try delete(form.uploads) { $0.add("_id", upload) }
    }

    /// Forgets uploads that began before `limit` and are still no files.
    func sweep(before limit: Instant) throws {
        var old: [String] = []
        let filter = FieldWriter.document { fields in
            fields.add("at") { $0.add("$lt", limit) }
        }
        try connection.find(
            filter, in: form.uploads, options: { $0.add("limit", Self.sweepCountMaximum) }
        ) { old.append(try $0.required("_id").text) }
        for upload in old where try doom(upload) { try clear(upload) }
    }

    /// Published files in rising order of id.
    func published(after id: BlobID?, limit: Int) throws -> [PublishedBlob] {
        guard limit > 0 else { return [] }
        var found: [PublishedBlob] = []
        let filter = FieldWriter.document { fields in
            fields.add("filename") { $0.add("$gt", id?.text ?? "") }
        }
        try connection.find(filter, in: form.files) { fields in
            fields.add("sort") { $0.add("filename", 1) }
            fields.add("limit", limit)
        } _: { row in
            guard let id = BlobID(try row.required("filename").text) else { throw ReplyError() }
            let moment = try row.required("uploadDate").integer
            found.append(
                PublishedBlob(id: id, publishedAt: Instant(millisecondsSince1970: moment)))
        }
        return found
    }

    /// Marks an upload so that it cannot be published any more; false when it is not there.
    private func doom(_ upload: String) throws -> Bool {
        let statement = FieldWriter.document { fields in
            fields.add("q") { $0.add("_id", upload) }
            fields.add("u") { fields in fields.add("$set") { $0.add("doomed", true) } }
        }
        return try write("update", "updates", statement, form.uploads) > 0
    }
}

extension GridFiles {
    private func insert(_ namespace: Namespace, _ fill: (inout FieldWriter) -> Void) throws {
        try write("insert", "documents", FieldWriter.document(fill), namespace)
    }

    /// Removes the row that `fill` describes; false when there is none.
    @discardableResult
    private func delete(
        _ namespace: Namespace, _ fill: (inout FieldWriter) -> Void
    ) throws -> Bool {
        let statement = FieldWriter.document { fields in
            fields.add("q", fill)
            fields.add("limit", 1)
        }
        return try write("delete", "deletes", statement, namespace) > 0
    }

    @discardableResult
    private func write(
        _ verb: String, _ list: String, _ statement: [UInt8], _ namespace: Namespace
    ) throws -> Int64 {
        let command = FieldWriter.document(capacity: statement.count + 256) {
            $0.add(verb, namespace.name)
            $0.add(list, documents: [statement])
            $0.add("maxTimeMS", connection.configuration.commandTimeout.milliseconds)
        }
        return try connection.write(command, in: namespace.database)
    }
}
