import Platform
import Ports

/// A blob store in a folder: uploads under `incoming`, each published file under its first two
/// characters.
///
/// Files have mode 0600 and folders 0700. One process at a time works in a folder.
public final class FileBlobStore: BlobStore {
    /// The most bytes that one read gives.
    public static let readByteCountMaximum = 256 << 10

    private let place: BlobFolders
    private let platform: Platform

    /// Opens or creates the folder, and removes what was never published.
    ///
    /// It blocks the calling thread, so it belongs at the start of a program.
    public init(folder path: String, platform: Platform) throws(FolderError) {
        place = try BlobFolders(Folder(path: path))
        self.platform = platform
    }

    public func begin() async throws(StoreError) -> any BlobUpload {
        let name = ID<Blob>(platform.random, for: "blob.incoming").text
        let path = place.incoming.path(of: name)
        let file = try await platform.offload.store("blob.begin") {
            try OpenFile(creating: path)
        }
        return FileUpload(IncomingFile(name, file, in: place), platform: platform)
    }

    public func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) async throws(StoreError) -> [UInt8]? {
        guard offset >= 0, byteCount >= 0 else {
            throw .limit("a read begins at 0 or later and has no negative length")
        }
        let path = place.path(of: id)
        return try await platform.offload.store("blob.read") {
            try OpenFile(reading: path)?.read(
                from: offset, byteCount: min(byteCount, Self.readByteCountMaximum))
        }
    }

    public func remove(_ id: BlobID) async throws(StoreError) {
        try await platform.offload.store("blob.remove") { [place] in try place.remove(id) }
    }

    public func published(
        after id: BlobID?, limit: Int
    ) async throws(StoreError) -> [PublishedBlob] {
        try await platform.offload.store("blob.published") { [place] in
            try place.published(after: id, limit: limit)
        }
    }
}
