import Glibc
import Synchronization

/// A folder held by one process at a time, until it is released or the process ends.
final class FolderLock: Sendable {
    private let descriptor: Mutex<Int32>

    /// Takes the folder.
    init(_ folder: Folder, name: String) throws(FolderError) {
        let file = open(folder.path(of: name), O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw .unusable(path: folder.path, reason: SystemCallError("open").description)
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw .unusable(path: folder.path, reason: "another process uses it")
        }
        descriptor = Mutex(file)
    }

    deinit { release() }

    /// Lets others take the folder.
    func release() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            close(descriptor)
            descriptor = -1
        }
    }
}
