import Platform
import Ports

/// Removes uploads that no submission named in time, and contents that no document names: what a
/// crash between the two left behind.
struct FileSweep: Sendable {
    /// How long an upload may wait for its submission: far longer than any request lasts.
    static let patience = Duration.seconds(24 * 3600)
    /// How long the sweep rests between two rounds.
    static let rest = Duration.seconds(3600)
    /// Files looked at in one go.
    static let batchCount = 200

    private let store: any DocumentStore
    private let blobs: any BlobStore
    private let platform: Platform

    init(store: any DocumentStore, blobs: any BlobStore, platform: Platform) {
        self.store = store
        self.blobs = blobs
        self.platform = platform
    }

    /// Sweeps now and then until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let jitter = platform.random.duration(below: Self.rest, for: "sweep rest")
            do { try await platform.clock.sleep(for: Self.rest + jitter) } catch { return }
            do {
                try await forgetUnused()
                try await removeNameless()
            } catch {
                // What could not be removed now is found again in the next round.
                continue
            }
        }
    }

    /// Forgets uploads of long ago; the document goes first, and only if no submission took the
    /// file meanwhile.
    func forgetUnused() async throws {
        let limit = platform.clock.now - Self.patience
        while !Task.isCancelled {
            let page = try await store.page(
                "age", in: FileRecord.collection, prefix: [], limit: Self.batchCount)
            let old = page.items.prefix { $0.value.added < limit }
            guard !old.isEmpty else { return }
            for file in old where try await forget(file) {
                try await blobs.remove(file.value.blob)
            }
        }
    }

    /// Removes a file's document; false when a submission was faster.
    private func forget(_ file: Versioned<FileRecord>) async throws -> Bool {
        let key = DocumentKey(collection: FileRecord.collection.name, id: file.id)
        let write = DocumentWrite(key, expecting: .version(file.version), .delete)
        do throws(StoreError) {
            try await store.commit([write])
        } catch {
            guard case .conflict = error else { throw error }
            return false
        }
        return true
    }

    /// Removes contents of long ago whose document does not exist.
    func removeNameless() async throws {
        let limit = platform.clock.now - Self.patience
        var last: BlobID?
        while !Task.isCancelled {
            let page = try await blobs.published(after: last, limit: Self.batchCount)
            guard let end = page.last else { return }
            let old = page.filter { $0.publishedAt < limit }.map(\.id.text)
            let named = try await store.read(old, in: FileRecord.collection)
            for blob in page where blob.publishedAt < limit && named[blob.id.text] == nil {
                try await blobs.remove(blob.id)
            }
            last = end.id
        }
    }
}
