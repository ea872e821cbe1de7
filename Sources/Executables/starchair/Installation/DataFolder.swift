import Foundation

/// The folder that holds an installation's data: made, checked, and locked for one process.
final class DataFolder: Sendable {
    /// The form of the folder that this release writes.
    static let format = 1

    let path: String
    private let lock: Int32

    /// Opens the folder, or makes it.
    ///
    /// - Parameter isExclusive: whether this process is to be the one that serves the data.
    init(path: String, isExclusive: Bool) async throws {
        let path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                "the data folder \(path) cannot be made: choose another with --data, or make it "
                    + "and give it to this user")
        }
        try Self.checkFormat(in: path)
        lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw Failure(
                "the data folder \(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        if isExclusive, flock(lock, LOCK_EX | LOCK_NB) != 0 {
            close(lock)
            throw Failure("another process serves the data in \(path): stop it first")
        }
    }

    deinit { close(lock) }

    /// The address under which the data was last served.
    var publicURL: String {
        let kept = try? String(contentsOfFile: "\(path)/public-url", encoding: .utf8)
        return kept ?? "http://127.0.0.1:8080"
    }

    /// Keeps the address under which the data is served.
    func keep(publicURL: String) throws {
        try Data(publicURL.utf8).write(
            to: URL(filePath: path).appending(path: "public-url"), options: .atomic)
    }

    private static func checkFormat(in path: String) throws {
        let file = URL(filePath: path).appending(path: "format")
        if let text = try? String(contentsOf: file, encoding: .utf8) {
            let found = Int(text.filter { !$0.isWhitespace }) ?? 0
            guard found <= format else {
                throw Failure(
                    "the data in \(path) was written by a newer release (format \(found), this one "
                        + "knows \(format)): run that release, or restore a backup")
            }
            guard found >= 1 else {
                throw Failure("\(file.path(percentEncoded: false)) is damaged: it holds no number")
            }
            return
        }
        do {
            try Data("\(format)\n".utf8).write(to: file, options: .atomic)
        } catch {
            throw Failure("the data folder \(path) cannot be written: check its owner and mode")
        }
    }
}
