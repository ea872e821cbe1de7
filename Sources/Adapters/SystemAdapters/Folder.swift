import Glibc

/// A folder of the file system; its calls block.
struct Folder: Hashable, Sendable {
    let path: String

    /// The path of what has this name in the folder.
    func path(of name: String) -> String { "\(path)/\(name)" }

    /// The folder of this name in this one.
    func subfolder(_ name: String) -> Folder { Folder(path: path(of: name)) }

    /// Creates the folder for its owner alone; false when there was one.
    @discardableResult
    func create() throws(SystemCallError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw SystemCallError("mkdir") }
        return false
    }

    /// Creates the folder when there is none, and shows that files can be made in it.
    func prepare() throws(FolderError) {
        do throws(SystemCallError) {
            try create()
            _ = try names()
            guard access(path, W_OK | X_OK) == 0 else { throw SystemCallError("access") }
        } catch {
            throw .unusable(path: path, reason: error.description)
        }
    }

    /// The names in the folder, sorted by their bytes.
    func names() throws(SystemCallError) -> [String] {
        guard let folder = opendir(path) else { throw SystemCallError("opendir") }
        defer { closedir(folder) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw SystemCallError("readdir") }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Removes a file; false when there is none.
    @discardableResult
    func remove(_ name: String) throws(SystemCallError) -> Bool {
        if unlink(path(of: name)) == 0 { return true }
        guard errno == ENOENT else { throw SystemCallError("unlink") }
        return false
    }

    /// Moves a file, in the place of the one that has the new name.
    func move(_ name: String, to folder: Folder, as newName: String) throws(SystemCallError) {
        guard rename(path(of: name), folder.path(of: newName)) == 0 else {
            throw SystemCallError("rename")
        }
    }

    /// Writes a whole file, durably, in the place of the one that has its name.
    ///
    /// - Parameter draft: a name that nothing else uses, for the file while it is incomplete.
    func replace(
        _ name: String, with bytes: [UInt8], draft: String
    ) throws(SystemCallError) {
        do throws(SystemCallError) {
            let file = try OpenFile(creating: path(of: draft))
            try file.write(bytes, at: 0)
            try file.sync()
            try move(draft, to: self, as: name)
        } catch {
            try remove(draft)
            throw error
        }
        try sync()
    }

    /// Makes the folder's names survive a crash.
    func sync() throws(SystemCallError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemCallError("open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemCallError("fsync") }
    }
}
