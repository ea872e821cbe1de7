import Platform
import Ports

/// A copy of a published file in a folder, for a program that reads files.
struct BlobCopy: Sendable {
    /// The most bytes that one read of a blob gives.
    private static let partByteCount = 256 << 10

    private let folder: Folder
    private let name: String
    private let offload: any Offload

    /// The copy's path.
    var path: String { folder.path(of: name) }

    /// Copies a file part by part; what fails leaves no copy behind.
    init(
        of id: BlobID, in blobs: any BlobStore, to folder: Folder, limits: PDFInspectionLimits,
        platform: Platform
    ) async throws(StoreError) {
        let name = "\(ID<Blob>(platform.random, for: "blob.copy")).pdf"
        self.folder = folder
        self.name = name
        offload = platform.offload
        let path = folder.path(of: name)
        let file = try await offload.store("copy.begin") { try OpenFile(creating: path) }
        do throws(StoreError) {
            try await copy(id, from: blobs, to: file, upTo: limits.fileByteCountMaximum)
        } catch {
            try await remove()
            throw error
        }
    }

    /// Removes the copy.
    func remove() async throws(StoreError) {
        try await offload.store("copy.remove") { [folder, name] in _ = try folder.remove(name) }
    }

    private func copy(
        _ id: BlobID, from blobs: any BlobStore, to file: OpenFile, upTo maximum: Int64
    ) async throws(StoreError) {
        var byteCount: Int64 = 0
        while let part = try await blobs.read(
            id, from: byteCount, byteCount: Self.partByteCount), !part.isEmpty
        {
            let offset = byteCount
            try await offload.store("copy.write") { try file.write(part, at: offset) }
            byteCount += Int64(part.count)
            guard byteCount <= maximum else {
                throw .limit("an inspected file has at most \(maximum) bytes")
            }
        }
    }
}
