import Platform
import Ports

/// A server of files, which loses what was not synced when its power fails.
public final class SimulatedFileServer: SimulatedServer, @unchecked Sendable {
    private struct File {
        var bytes: [UInt8] = []
        /// Bytes that are on the disk and not only in memory.
        var syncedByteCount = 0
        var publishedAt = Instant(millisecondsSince1970: 0)
    }

    private var published: [BlobID: File] = [:]
    private var uploads: [Int: File] = [:]
    private var uploadCount = 0

    /// A server without files.
    public override init(_ name: String, _ simulation: Simulation) {
        super.init(name, simulation)
    }

    /// Loses all that was not synced, and what was not published, and is away for a while.
    public func losePower(for duration: Duration) {
        uploads = [:]
        for (id, file) in published where file.syncedByteCount < file.bytes.count {
            published[id]?.bytes.removeLast(file.bytes.count - file.syncedByteCount)
        }
        simulation.count("fault: \(name) power loss")
        goDown(for: duration)
    }

    /// The files as `node` uses them.
    public func blobs(for node: SimulatedNode) -> any BlobStore {
        Client(server: self, node: node)
    }

    private func begin() -> Int {
        uploadCount += 1
        uploads[uploadCount] = File()
        return uploadCount
    }

    /// Changes an upload, unless the power failed since it was begun.
    private func change(_ number: Int, _ body: (inout File) -> Void) -> Result<Void, StoreError> {
        guard var file = uploads[number] else { return .failure(.unavailable) }
        body(&file)
        uploads[number] = file
        return .success(())
    }

    private func publish(
        _ number: Int, as id: BlobID, at moment: Instant
    ) -> Result<Void, StoreError> {
        guard var file = uploads.removeValue(forKey: number) else {
            return .failure(.unavailable)
        }
        file.publishedAt = moment
        published[id] = file
        return .success(())
    }

    private struct Client: BlobStore {
        let server: SimulatedFileServer
        let node: SimulatedNode

        func begin() async throws(StoreError) -> any BlobUpload {
            let number = try await server.perform(for: node, isChange: false) { [server] in
                .success(server.begin())
            }
            return Upload(server: server, node: node, number: number)
        }

        func read(
            _ id: BlobID, from offset: Int64, byteCount: Int
        ) async throws(StoreError) -> [UInt8]? {
            guard offset >= 0, byteCount >= 0 else {
                throw .limit("a read begins at 0 or later and has no negative length")
            }
            return try await server.perform(for: node, isChange: false) { [server] in
                guard let bytes = server.published[id]?.bytes else { return .success(nil) }
                let start = Int(min(offset, Int64(bytes.count)))
                let end = min(start + min(byteCount, 256 * 1024), bytes.count)
                return .success(Array(bytes[start..<end]))
            }
        }

        func remove(_ id: BlobID) async throws(StoreError) {
            try await server.perform(for: node, isChange: true) { [server] in
                server.published[id] = nil
                return .success(())
            }
        }

        func published(
            after id: BlobID?, limit: Int
        ) async throws(StoreError) -> [PublishedBlob] {
            try await server.perform(for: node, isChange: false) { [server] in
                let later = server.published.filter { entry in id.map { $0 < entry.key } ?? true }
                let sorted = later.sorted { $0.key < $1.key }.prefix(limit)
                return .success(
                    sorted.map { PublishedBlob(id: $0.key, publishedAt: $0.value.publishedAt) })
            }
        }
    }

    private struct Upload: BlobUpload {
        let server: SimulatedFileServer
        let node: SimulatedNode
        let number: Int

        func append(_ bytes: [UInt8]) async throws(StoreError) {
            try await server.perform(for: node, isChange: true) { [self] in
                server.change(number) { $0.bytes += bytes }
            }
        }

        func sync() async throws(StoreError) {
            try await server.perform(for: node, isChange: true) { [self] in
                server.change(number) { $0.syncedByteCount = $0.bytes.count }
            }
        }

        func publish(_ id: BlobID) async throws(StoreError) {
            let moment = node.platform.clock.now
            try await server.perform(for: node, isChange: true) { [self] in
                server.publish(number, as: id, at: moment)
            }
        }

        func abandon() async {
            // Nobody needs to know whether the server heard of it.
            do {
                try await server.perform(for: node, isChange: true) { [self] in
                    server.uploads[number] = nil
                    return .success(())
                }
            } catch { return }
        }
    }
}
