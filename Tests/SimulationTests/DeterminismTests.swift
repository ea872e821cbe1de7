import Foundation
import Testing

struct DeterminismTests {
    @Test func `two unlike processes give the same hashes`() throws {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "simulate")
        process.arguments = ["check-determinism", "submission-rush", "--seeds", "5"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(text.contains("5 equal, 0 different"), "\(text)")
    }
}
