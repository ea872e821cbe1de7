/// How files are stored: as GridFS, so that the server's tools can read them
/// (github.com/mongodb/specifications, gridfs-spec).
///
/// `blobs.files` holds `{_id: upload, filename: the blob's id, length, chunkSize, uploadDate}`,
/// `blobs.chunks` holds `{files_id: upload, n, data, sum: SHA-256 of data}`. A row of
/// `blobs.uploads`, `{_id: upload, at, doomed}`, stands for chunks that no file has: each chunk
/// belongs to a row of one of the two, whatever is interrupted.
///
/// libmongoc's own GridFS does not serve: its stream holds a client from the first byte of an
/// upload to the last, reads from the beginning only, and leaves chunks behind when it is cut off.
struct GridForm {
    /// Bytes of a chunk but the last: GridFS's default.
    static let chunkByteCount = 255 << 10

    let files: Namespace
    let chunks: Namespace
    let uploads: Namespace

    var database: String { files.database }

    init(database: String) {
        files = Namespace("blobs.files", in: database)
        chunks = Namespace("blobs.chunks", in: database)
        uploads = Namespace("blobs.uploads", in: database)
    }
}

extension MongoFormat {
    /// The blob store's form.
    static let blobs = MongoFormat(
        kind: "blobs", collections: ["blobs.files", "blobs.chunks", "blobs.uploads"],
        steps: [
            { connection, database in
                try connection.create(
                    ["blobs.files", "blobs.chunks", "blobs.uploads"], in: database)
                try connection.index("blobs.files", by: ["filename"], in: database)
                try connection.index("blobs.chunks", by: ["files_id", "n"], in: database)
            }
        ])
}

extension MongoConnection {
    /// Creates a unique index, when it is not there.
    fileprivate func index(_ collection: String, by fields: [String], in database: String) throws {
        let index = FieldWriter.document { writer in
            writer.add("name", fields.joined(separator: "_"))
            writer.add("unique", true)
            writer.add("key") { key in
                for field in fields { key.add(field, 1) }
            }
        }
        try write(
            FieldWriter.document {
                $0.add("createIndexes", collection)
                $0.add("indexes", documents: [index])
            }, in: database)
    }
}
