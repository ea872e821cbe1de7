import Platform
import Ports

/// Where a ``FileBlobStore`` keeps what; its calls block.
struct BlobFolders: Sendable {
    /// The store's folder.
    let root: Folder
    /// The files in the making.
    let incoming: Folder

    /// Creates the folders, and removes files that were never published.
    init(_ root: Folder) throws(FolderError) {
        self.root = root
        incoming = root.subfolder("incoming")
        try root.prepare()
        try incoming.prepare()
        do throws(SystemCallError) {
            for name in try incoming.names() { try incoming.remove(name) }
            try root.sync()
        } catch {
            throw .unusable(path: incoming.path, reason: error.description)
        }
    }

    /// The path of a published file.
    func path(of id: BlobID) -> String { subfolder(id).path(of: id.text) }

    /// Gives an incoming file its name, durably.
    ///
    /// - Throws: ``StoreError/outcomeUnknown`` when it has the name but may lose it in a crash.
    func publish(_ name: String, as id: BlobID) throws {
        let folder = subfolder(id)
        if try folder.create() { try root.sync() }
        try incoming.move(name, to: folder, as: id.text)
        do {
            try folder.sync()
            try incoming.sync()
        } catch {
            throw StoreError.outcomeUnknown
        }
    }

    /// Removes a published file, when it is there.
    func remove(_ id: BlobID) throws(SystemCallError) {
        let folder = subfolder(id)
        if try folder.remove(id.text) { try folder.sync() }
    }

    /// Published files in rising order of id.
    ///
    /// The subfolders stand in the order of their files' ids, so only those from `after` on are
    /// read, until there are enough files.
    func published(after id: BlobID?, limit: Int) throws(SystemCallError) -> [PublishedBlob] {
        var found: [PublishedBlob] = []
        let first = id.map { String($0.text.prefix(2)) } ?? ""
        for folderName in try root.names() where folderName.count <= 2 && folderName >= first {
            let folder = root.subfolder(folderName)
            for name in try folder.names() {
                guard found.count < limit else { return found }
                guard let blobID = BlobID(name), id.map({ $0 < blobID }) ?? true,
                    let moment = try OpenFile.modified(folder.path(of: name))
                else { continue }
                found.append(PublishedBlob(id: blobID, publishedAt: moment))
            }
        }
        return found
    }

    private func subfolder(_ id: BlobID) -> Folder {
        root.subfolder(String(id.text.prefix(2)))
    }
}
