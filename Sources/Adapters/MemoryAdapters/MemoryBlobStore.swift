import Platform
import Ports
import Synchronization

/// A blob store in memory: the reference that every other one is compared with.
public final class MemoryBlobStore: BlobStore {
    private let guarded: Mutex<BlobTable>
    private let clock: any NodeClock

    /// A store with the published files of `table`, empty unless given.
    public init(_ table: BlobTable = BlobTable(), clock: any NodeClock) {
        var table = table
        table.abandonAll()
        guarded = Mutex(table)
        self.clock = clock
    }

    /// A snapshot of all that is stored.
    public var table: BlobTable { guarded.withLock { $0 } }

    public func begin() async throws(StoreError) -> any BlobUpload {
        MemoryBlobUpload(store: self, number: change { $0.begin() })
    }

    public func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) async throws(StoreError) -> [UInt8]? {
        try change { table throws(StoreError) in
            try table.read(id, from: offset, byteCount: byteCount)
        }
    }

    public func remove(_ id: BlobID) async throws(StoreError) { change { $0.remove(id) } }

    public func published(
        after id: BlobID?, limit: Int
    ) async throws(StoreError) -> [PublishedBlob] {
        change { $0.published(after: id, limit: limit) }
    }

    /// The time of day, for the moment of publication.
    fileprivate var now: Instant { clock.now }

    fileprivate func change<Value: Sendable, Failure>(
        _ body: (inout BlobTable) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try guarded.withLock { table throws(Failure) in try body(&table) }
    }
}

/// A file in the making in a ``MemoryBlobStore``.
struct MemoryBlobUpload: BlobUpload {
    let store: MemoryBlobStore
    let number: BlobTable.UploadNumber

    func append(_ bytes: [UInt8]) async throws(StoreError) {
        try store.change { table throws(StoreError) in try table.append(bytes, to: number) }
    }

    func sync() async throws(StoreError) {
        try store.change { table throws(StoreError) in try table.check(number) }
    }

    func publish(_ id: BlobID) async throws(StoreError) {
        let moment = store.now
        try store.change { table throws(StoreError) in
            try table.publish(number, as: id, at: moment)
        }
    }

    func abandon() async { store.change { $0.abandon(number) } }
}
