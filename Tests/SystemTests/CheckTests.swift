import Foundation
import Testing

/// `starchair check` on a real data folder.
@Suite(.serialized) struct CheckTests {
    private func check(_ data: String, _ more: [String] = []) throws -> Program {
        try Program("starchair", ["check", "--data", data] + more)
    }

    @Test func `what smoke has made is whole, and a file that is cut short is found`() async throws
    {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        let server = try Program("starchair", ["up", "--port", "0", "--data", data])
        let url = try await server.line(after: "Starchair is ready at ")
        let smoke = try Program("starchair", ["smoke", "--url", url, "--data", data])
        #expect(try await smoke.exitCode() == 0, "\(smoke.text)")
        let early = try check(data)
        #expect(try await early.exitCode() == 69)
        #expect(early.text.contains("another process serves the data"), "\(early.text)")
        #expect(try await server.stop() == 0)

        let whole = try check(data)
        #expect(try await whole.exitCode() == 0, "\(whole.text)")
        #expect(whole.text.contains("all is well"))
        #expect(!whole.text.split(separator: "\n").contains { $0.hasPrefix("0 stored") })

        try shortenOneFile(in: data + "/files")
        let broken = try check(data)
        #expect(try await broken.exitCode() == 1)
        #expect(broken.text.contains("1 nothing acknowledged is lost"), "\(broken.text)")
    }

    private func shortenOneFile(in folder: String) throws {
        let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        let paths = (found ?? []).sorted().map { "\(folder)/\($0)" }
        let path = try #require(
            paths.first { path in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                    && !isFolder.boolValue
            })
        let bytes = try Data(contentsOf: URL(filePath: path))
        try bytes.dropLast().write(to: URL(filePath: path))
    }

    @Test func `there is nothing to judge where there is no installation`() async throws {
        let folder = try TemporaryFolder()
        let check = try check(folder.path + "/none")
        #expect(try await check.exitCode() == 69)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/none"))
    }

    @Test(arguments: [
        ["chaos", "--minutes", "0"], ["chaos", "--replicas", "17"], ["chaos", "--authors", "1"],
        ["chaos", "--conferences", "0", "--rushes", "0", "--deadlines", "0"],
        ["check", "--dta", "x"],
    ])
    func `wrong usage is said and is 64`(_ arguments: [String]) async throws {
        let program = try Program("starchair", arguments)
        #expect(try await program.exitCode() == 64, "\(program.text)")
        #expect(program.text.contains("Usage:"), "\(program.text)")
    }
}
