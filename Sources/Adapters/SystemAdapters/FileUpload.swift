import Platform
import Ports

/// A file in the making in a ``FileBlobStore``.
struct FileUpload: BlobUpload {
    private let file: IncomingFile
    private let platform: Platform

    init(_ file: IncomingFile, platform: Platform) {
        self.file = file
        self.platform = platform
    }

    func append(_ bytes: [UInt8]) async throws(StoreError) {
        try await platform.offload.store("blob.append") { [file] in try file.append(bytes) }
    }

    func sync() async throws(StoreError) {
        try await platform.offload.store("blob.sync") { [file] in try file.sync() }
    }

    func publish(_ id: BlobID) async throws(StoreError) {
        let moment = platform.clock.now
        try await platform.offload.store("blob.publish") { [file] in
            try file.publish(id, at: moment)
        }
    }

    func abandon() async {
        do {
            try await platform.offload.run("blob.abandon") { [file] in file.discard() }
        } catch {
            // No place among the waiting work: one removed name does not block for long.
            file.discard()
        }
    }
}
