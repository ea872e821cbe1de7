import Glibc

/// A system call that failed.
struct SystemCallError: Error, Hashable {
    /// The call's name.
    let call: String
    /// The value of `errno` after it.
    let code: Int32

    /// Notes the present `errno`, so it comes directly after the call.
    init(_ call: String) {
        code = errno
        self.call = call
    }
}

extension SystemCallError: CustomStringConvertible {
    var description: String { "\(call): \(String(cString: strerror(code)))" }
}
