import Platform
import Ports
import Testing

@testable import MongoAdapters

/// How the blob store uses GridFS; one by one, as a server has one point of failure for all.
@Suite(.serialized) struct MongoBlobTests {
    static let chunk = GridForm.chunkByteCount

    let fixture: MongoFixture
    let clients: MongoClients
    let database = MongoFixture.databaseName()
    let store: MongoBlobStore

    init() async throws {
        fixture = try MongoFixture()
        clients = try fixture.clients()
        store = try await MongoBlobStore(
            database: database, clients: clients, platform: fixture.system.platform)
    }

    @Test(arguments: [chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 7])
    func `a file of about whole chunks is read as it was added`(byteCount: Int) async throws {
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        try await publish("file", bytes, pieceByteCount: 100_000)
        let edges = [0, 1, Self.chunk - 1, Self.chunk, Self.chunk + 1, byteCount - 1, byteCount]
        for offset in edges where offset <= byteCount {
            for count in [1, 2, Self.chunk, 256 << 10] {
                let found = try await store.read("file", from: Int64(offset), byteCount: count)
                let end = min(byteCount, offset + count)
                #expect(found == Array(bytes[offset..<end]), "\(count) from \(offset)")
            }
        }
    }

    @Test func `a tail that was synced is written again when it grows`() async throws {
        let upload = try await store.begin()
        var bytes: [UInt8] = []
        for piece in [Self.chunk - 1, 1, 1, Self.chunk, 5] {
            let part = [UInt8](repeating: UInt8(bytes.count % 251), count: piece)
            try await upload.append(part)
            try await upload.sync()
            bytes += part
        }
        try await upload.publish("file")
        var found: [UInt8] = []
        while let part = try await store.read(
            "file", from: Int64(found.count), byteCount: 256 << 10), !part.isEmpty
        { found += part }
        #expect(found == bytes)
        #expect(try await count("blobs.chunks") == 3)
    }

    @Test func `a chunk that was changed or is missing is corrupt, not wrong`() async throws {
        for damage in ["$set", "delete"] {
            let id = try #require(BlobID("file-\(damage.filter(\.isLetter))"))
            try await publish(id, [1, 2, 3], pieceByteCount: 3)
            let upload = try await clients.run("test") { [database] in
                try GridFiles(connection: $0, form: GridForm(database: database)).file(id)?.upload
            }
            let chunk = FieldWriter.document { $0.add("files_id", upload ?? "") }
            let statement = FieldWriter.document { fields in
                fields.add("q", document: chunk)
                if damage == "delete" {
                    fields.add("limit", 1)
                } else {
                    fields.add("u") { fields in
                        fields.add(damage) { $0.add("data", binary: [1, 2, 4]) }
                    }
                }
            }
            let isDeletion = damage == "delete"
            try await run { fields in
                fields.add(isDeletion ? "delete" : "update", "blobs.chunks")
                fields.add(isDeletion ? "deletes" : "updates", documents: [statement])
            }
            await #expect(throws: StoreError.corrupt("the file \(id) is not whole")) {
                try await store.read(id, from: 0, byteCount: 3)
            }
        }
    }

    @Test func `nothing is left of what was abandoned or removed`() async throws {
        let bytes = [UInt8](repeating: 1, count: 2 * Self.chunk)
        let upload = try await store.begin()
        try await upload.append(bytes)
        await upload.abandon()
        try await publish("file", bytes, pieceByteCount: bytes.count)
        try await store.remove("file")
        for name in ["blobs.files", "blobs.chunks", "blobs.uploads"] {
            #expect(try await count(name) == 0, "\(name)")
        }
    }

    @Test func `a sweep takes what is old and was never published, and nothing else`() async throws
    {
        let bytes = [UInt8](repeating: 1, count: Self.chunk)
        let old = try await store.begin()
        try await old.append(bytes)
        try await setBack(MongoBlobStore.uploadPatience + .seconds(1))
        try await publish("file", bytes, pieceByteCount: bytes.count)
        let young = try await store.begin()
        try await young.append(bytes)
        try failNextRemovalOfChunks()
        await #expect(throws: StoreError.unavailable) { try await store.sweep() }
        await #expect(throws: StoreError.unavailable) { try await old.publish("old") }
        try await store.sweep()
        #expect(try await count("blobs.chunks") == 2)
        await #expect(throws: StoreError.unavailable) { try await old.publish("old") }
        try await young.publish("young")
        #expect(try await store.published(after: nil, limit: 9).map(\.id) == ["file", "young"])
        await old.abandon()
        #expect(try await count("blobs.uploads") == 0)
    }

    @Test func `a removal that was cut off is finished by the sweep at the next opening`()
        async throws
    {
        try await publish("file", [1, 2, 3], pieceByteCount: 3)
        try failNextRemovalOfChunks()
        await #expect(throws: StoreError.unavailable) { try await store.remove("file") }
        #expect(try await store.read("file", from: 0, byteCount: 3) == nil)
        #expect(try await count("blobs.chunks") == 1)
        _ = try await fixture.blobStore(database)
        #expect(try await count("blobs.chunks") == 0)
        #expect(try await count("blobs.uploads") == 0)
    }

    private func publish(
        _ id: BlobID, _ bytes: [UInt8], pieceByteCount: Int
    ) async throws {
        let upload = try await store.begin()
        for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
            try await upload.append(Array(bytes[start...].prefix(pieceByteCount)))
        }
        try await upload.publish(id)
    }

    private func failNextRemovalOfChunks() throws {
        try fixture.server.fail(["delete"], times: 1) {
            $0.add("namespace", "\(database).blobs.chunks")
            $0.add("errorCode", 13)
        }
    }

    /// Makes all present uploads older.
    private func setBack(_ age: Duration) async throws {
        let moment = fixture.system.platform.clock.now - age
        let statement = FieldWriter.document { fields in
            fields.add("q") { _ in }
            fields.add("u") { fields in fields.add("$set") { $0.add("at", moment) } }
            fields.add("multi", true)
        }
        try await run {
            $0.add("update", "blobs.uploads")
            $0.add("updates", documents: [statement])
        }
    }

    private func count(_ collection: String) async throws -> Int64 {
        let command = FieldWriter.document { $0.add("count", collection) }
        return try await clients.run("test") { [database] connection in
            try connection.command(command, in: database) { try $0.required("n").integer }
        }
    }

    private func run(_ fill: (inout FieldWriter) -> Void) async throws {
        let command = FieldWriter.document(fill)
        try await clients.run("test") { [database] connection in
            _ = try connection.write(command, in: database)
        }
    }
}
