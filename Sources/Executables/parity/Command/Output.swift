import Glibc

/// Where a person or a program reads: results on standard output, all else on standard error.
enum Output {
    static func write(_ text: String, isError: Bool = false) {
        var rest = Array((text + "\n").utf8)[...]
        let descriptor = isError ? STDERR_FILENO : STDOUT_FILENO
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // Who closed the other end reads no more.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
