import Glibc
import Platform

/// An open file, closed with its last reference; its calls block.
final class OpenFile: Sendable {
    private let descriptor: Int32

    /// Creates a file for its owner alone; there must be none.
    init(creating path: String) throws(SystemCallError) {
        descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemCallError("open") }
    }

    /// Opens a file; nil when there is none.
    init?(reading path: String) throws(SystemCallError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            guard errno == ENOENT else { throw SystemCallError("open") }
            return nil
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Writes all of `bytes` at `offset`.
    func write(_ bytes: [UInt8], at offset: Int64) throws(SystemCallError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, buffer.baseAddress! + done, buffer.count - done,
                    off_t(offset) + off_t(done))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SystemCallError("pwrite") }
            done += count
        }
    }

    /// The bytes from `offset`, fewer than `byteCount` at the end only.
    func read(from offset: Int64, byteCount: Int) throws(SystemCallError) -> [UInt8] {
        guard !offset.addingReportingOverflow(Int64(byteCount)).overflow else { return [] }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        var done = 0
        while done < byteCount {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress! + done, byteCount - done,
                    off_t(offset) + off_t(done))
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SystemCallError("pread") }
            if count == 0 { break }
            done += count
        }
        bytes.removeLast(byteCount - done)
        return bytes
    }

    /// Makes the file's bytes and times survive a crash.
    func sync() throws(SystemCallError) {
        guard fsync(descriptor) == 0 else { throw SystemCallError("fsync") }
    }

    /// Notes when the file was last changed.
    func setModified(_ moment: Instant) throws(SystemCallError) {
        let milliseconds = moment.millisecondsSince1970
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000)
        let time = timespec(
            tv_sec: Int(rest < 0 ? seconds - 1 : seconds),
            tv_nsec: Int(rest < 0 ? rest + 1000 : rest) * 1_000_000)
        guard futimens(descriptor, [time, time]) == 0 else { throw SystemCallError("futimens") }
    }

    /// When the file of this path was last changed; nil when there is none.
    static func modified(_ path: String) throws(SystemCallError) -> Instant? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw SystemCallError("stat") }
            return nil
        }
        let time = status.st_mtim
        return Instant(
            millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
