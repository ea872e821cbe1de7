import Foundation

/// What programs wrote, and the end of it for people.
enum LogTail {
    static let lineCount = 15
    static let byteCountMaximum = 8 << 10
    /// How large a log may be when its program starts again, before it becomes the old one.
    static let turnByteCount = 16 << 20

    /// Puts a long log aside, in the place of the one before.
    static func turn(_ path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path),
            try file.seekToEnd() > turnByteCount
        else { return }
        guard rename(path, path + ".old") == 0 else {
            throw ClusterFailure("\(path) cannot be renamed: \(String(cString: strerror(errno)))")
        }
    }

    /// The last lines of a file; words that say so when it cannot be read.
    static func lines(of path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "(there is no \(path))" }
        do {
            let end = try file.seekToEnd()
            try file.seek(toOffset: end - min(end, UInt64(byteCountMaximum)))
            let text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            let lines = text.split(separator: "\n").suffix(lineCount)
            return lines.map { "  | \($0)" }.joined(separator: "\n") + "\n  (\(path))"
        } catch {
            return "(\(path) cannot be read: \(error))"
        }
    }
}
