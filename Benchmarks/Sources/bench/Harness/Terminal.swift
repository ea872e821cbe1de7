import Glibc

/// Where people read how far the work is, apart from the results.
enum Terminal {
    /// Writes a line to standard error.
    static func say(_ text: String) {
        Array((text + "\n").utf8).withUnsafeBytes { bytes in
            // A line that nobody can read is no reason to stop.
            _ = write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
