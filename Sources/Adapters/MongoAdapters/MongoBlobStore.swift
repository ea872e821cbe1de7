import Platform
import Ports

/// A blob store on GridFS in one database of a MongoDB replica set.
///
/// A chunk is on a majority's disks when it is stored, and its SHA-256 is held against it when it
/// is read. An upload takes the memory of two chunks and what one call adds.
public final class MongoBlobStore: BlobStore {
    /// The most bytes that one read gives.
    public static let readByteCountMaximum = 256 << 10
    /// How long an upload may last; then a sweep may take it.
    public static let uploadPatience = Duration.seconds(24 * 3600)

    private let clients: MongoClients
    private let form: GridForm
    private let platform: Platform

    /// Opens or creates the store, brings an older format to the present one, and sweeps.
    public init(
        database: String, clients: MongoClients, platform: Platform
    ) async throws(MongoOpenError) {
        try await MongoFormat.blobs.open(database, clients)
        self.clients = clients
        form = GridForm(database: database)
        self.platform = platform
        do throws(StoreError) { try await sweep() } catch { throw .unavailable }
    }

    /// Removes what uploads of more than ``uploadPatience`` ago, and interrupted removals, left
    /// behind; several replicas may do it at the same time.
    public func sweep() async throws(StoreError) {
        let limit = platform.clock.now - Self.uploadPatience
        try await files("blob.sweep") { try $0.sweep(before: limit) }
    }

    public func begin() async throws(StoreError) -> any BlobUpload {
        let upload = ID<Blob>(platform.random, for: "blob.incoming").text
        let moment = platform.clock.now
        try await files("blob.begin") { try $0.begin(upload, at: moment) }
        return GridUpload(upload, clients: clients, form: form, clock: platform.clock)
    }

    public func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) async throws(StoreError) -> [UInt8]? {
        guard offset >= 0, byteCount >= 0 else {
            throw .limit("a read begins at 0 or later and has no negative length")
        }
        let count = min(byteCount, Self.readByteCountMaximum)
        return try await files("blob.read") { try $0.read(id, from: offset, byteCount: count) }
    }

    public func remove(_ id: BlobID) async throws(StoreError) {
        try await files("blob.remove") { try $0.remove(id) }
    }

    public func published(
        after id: BlobID?, limit: Int
    ) async throws(StoreError) -> [PublishedBlob] {
        try await files("blob.published") { try $0.published(after: id, limit: limit) }
    }

    private func files<Value: Sendable>(
        _ name: StaticString, _ body: @escaping @Sendable (GridFiles) throws -> Value
    ) async throws(StoreError) -> Value {
        try await clients.store(name) { [form] in
            try body(GridFiles(connection: $0, form: form))
        }
    }
}
