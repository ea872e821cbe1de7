import Glibc

/// Where a person or a program reads: results on standard output, all else on standard error.
enum Output {
    static func write(_ text: String, isError: Bool = false) {
        put(text + "\n", to: isError ? STDERR_FILENO : STDOUT_FILENO)
    }

    private static func put(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // Who closed the other end reads no more.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Shows how far something is, on a terminal only.
    static func progress(_ done: Int, of total: Int, failed: Int) {
        guard isatty(STDERR_FILENO) == 1, done % max(1, total / 200) == 0 || done == total
        else { return }
        let width = 40
        let filled = width * done / max(1, total)
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: width - filled)
        let end = done == total ? "\n" : ""
        put("\r\(bar) \(done)/\(total), \(failed) failed\(end)", to: STDERR_FILENO)
    }

    /// Seconds since some fixed moment.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
