import Glibc

/// This program once more, in another environment, read line by line.
final class ChildProcess {
    /// Set in the process that keeps random addresses and random hashing.
    static let unlikeVariable = "SIMULATE_UNLIKE"

    private let output: UnsafeMutablePointer<FILE>

    /// Starts the program with `arguments`: orderly, with deterministic hashing and addresses, or
    /// with neither and in another time zone and environment.
    init(_ arguments: [String], isOrderly: Bool) {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count - 1)
        precondition(length > 0, "the program knows its own path")
        let program = String(
            decoding: path.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let words = ([program] + arguments).map { "'\($0)'" }.joined(separator: " ")
        // `setarch` without options gives back the random addresses that this process gave up.
        let unlike =
            "env -u SWIFT_DETERMINISTIC_HASHING \(Self.unlikeVariable)=1 "
            + "TZ=Pacific/Chatham LANG=tr_TR.UTF-8 PADDING=\(String(repeating: "x", count: 3000)) "
            + "setarch \"$(uname -m)\" \(words)"
        guard let output = popen(isOrderly ? words : unlike, "r") else {
            preconditionFailure("the program cannot be started again")
        }
        self.output = output
    }

    deinit { pclose(output) }

    /// The next line of its output; nil at the end.
    func nextLine() -> String? {
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        guard getline(&line, &capacity, output) > 0, let line else { return nil }
        return String(cString: line)
    }
}
