import Foundation
import Testing

struct DeterminismTests {
    /// Runs the check in its own processes.
    private func check(_ more: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "simulate")
        process.arguments = ["check-determinism", "submission-rush"] + more
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test func `two unlike processes give the same hashes`() throws {
        let (status, text) = try check(["--seeds", "5"])
        #expect(status == 0)
        #expect(text.contains("5 equal, 0 different"), "\(text)")
    }

    @Test func `what depends on the order of a set is found`() throws {
        let (status, text) = try check(["--seeds", "3", "--plant", "unordered-iteration"])
        #expect(status == 4)
        #expect(text.contains("differs between step"), "\(text)")
    }
}
