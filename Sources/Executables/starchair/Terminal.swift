import ArgumentParser
import Foundation

/// Where a person reads: results on standard output, all else on standard error.
enum Terminal {
    static func say(_ line: String) { write(line, to: .standardOutput) }

    /// Tells the operator how a running server is.
    static func note(_ line: String) { write(line, to: .standardError) }

    static func warn(_ line: String) { write("starchair: " + line, to: .standardError) }

    /// Shows how far something is, on a terminal only.
    static func progress(_ line: String) {
        guard isatty(FileHandle.standardError.fileDescriptor) == 1 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
    }

    /// Ends the line that ``progress(_:)`` wrote.
    static func endProgress() { progress("") }

    private static func write(_ line: String, to handle: FileHandle) {
        handle.write(Data((line + "\n").utf8))
    }
}

/// Something that did not work, in words for the operator.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
