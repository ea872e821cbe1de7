import Platform

/// Durable files, written once and then only read.
public protocol BlobStore: Sendable {
    /// Begins a file; nothing of it can be read until it is published.
    func begin() async throws(StoreError) -> any BlobUpload

    /// The file's bytes from `offset`, at most `byteCount` and at most 256 KiB; fewer at the end
    /// and none behind it. Nil when no such file is published.
    func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) async throws(StoreError) -> [UInt8]?

    /// Removes a file; one that is not there is removed already.
    func remove(_ id: BlobID) async throws(StoreError)

    /// Published files in rising order of id, after `id`, at most `limit`: for the sweep of
    /// files that no document names.
    func published(after id: BlobID?, limit: Int) async throws(StoreError) -> [PublishedBlob]
}

/// A file in the making.
public protocol BlobUpload: Sendable {
    /// Adds bytes at the end.
    func append(_ bytes: [UInt8]) async throws(StoreError)

    /// Makes all that was added survive a crash.
    func sync() async throws(StoreError)

    /// Gives the synced file its name, durably. Nothing else has this name: ids are random.
    func publish(_ id: BlobID) async throws(StoreError)

    /// Forgets the file, when it was not published.
    func abandon() async
}

/// What ``BlobID`` names.
public enum Blob {}

/// A file's name: random, so that equal files of two people stay two files.
public typealias BlobID = ID<Blob>

/// A published file, as the sweep sees it.
public struct PublishedBlob: Hashable, Sendable {
    /// The file's name.
    public let id: BlobID
    /// When it was published, by the store's clock.
    public let publishedAt: Instant

    /// Describes a published file.
    public init(id: BlobID, publishedAt: Instant) {
        self.id = id
        self.publishedAt = publishedAt
    }
}
