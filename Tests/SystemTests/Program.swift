import Foundation
import Synchronization

/// A running program, with what it printed so far.
final class Program: Sendable {
    private let process: Process
    private let output = Mutex("")

    /// Starts `name` of this package with arguments.
    convenience init(_ name: String, _ arguments: [String]) throws {
        try self.init(at: Self.folder.appending(path: name), arguments)
    }

    /// Starts a program of this package or of the system.
    init(at url: URL, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = url
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let text = String(decoding: handle.availableData, as: UTF8.self)
            self?.output.withLock { $0 += text }
        }
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Where the build put the programs: beside the test bundle.
    private static var folder: URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    }

    /// All that it printed.
    var text: String { output.withLock { $0 } }

    /// Ends it as a crash of the machine's power would, without a chance to say anything.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks it to end, and returns its exit code.
    func stop() async throws -> Int32 {
        process.terminate()
        return try await exitCode()
    }

    /// Waits for its end, and returns its exit code; it fails after so many minutes.
    func exitCode(within minutes: Int = 2) async throws -> Int32 {
        try await wait(for: "the end", minutes: minutes) { !self.process.isRunning }
        // What it said last may still be in the pipe.
        try await Task.sleep(for: .milliseconds(50))
        return process.terminationStatus
    }

    /// Waits until it has printed `part`, and returns what follows on that line.
    func line(after part: String) async throws -> String {
        try await wait(for: part) { self.text.contains(part) }
        let start = text.firstRange(of: part)?.upperBound ?? text.endIndex
        return String(text[start...].prefix { !$0.isNewline })
    }

    private struct TookTooLong: Error, CustomStringConvertible {
        let description: String
    }

    private func wait(
        for what: String, minutes: Int = 2, _ isOver: () -> Bool
    ) async throws {
        for _ in 0..<minutes * 1200 {
            if isOver() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TookTooLong(description: "waited in vain for \(what); printed: \(text)")
    }
}

/// A folder that is removed with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "starchair-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
