import Foundation
import Testing

/// The real program, in processes of its own.
@Suite(.serialized) struct EmbeddedTests {
    private func up(_ data: String, port: String = "0") async throws -> (Program, url: String) {
        let program = try Program("starchair", ["up", "--port", port, "--data", data])
        return (program, try await program.line(after: "Starchair is ready at "))
    }

    private func smoke(_ url: String, _ data: String, _ more: [String] = []) throws -> Program {
        try Program("starchair", ["smoke", "--url", url, "--data", data] + more)
    }

    @Test func `smoke passes on a new installation, again, and after a stop`() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        var (server, url) = try await up(data)
        for _ in 0..<2 {
            let smoke = try smoke(url, data)
            #expect(try await smoke.exitCode() == 0, "\(smoke.text)")
        }
        #expect(try await server.stop() == 0)
        (server, url) = try await up(data)
        let verify = try smoke(url, data, ["--verify"])
        #expect(try await verify.exitCode() == 0, "\(verify.text)")
        #expect(try await server.stop() == 0)
    }

    /// Submissions of a load that were acknowledged, as the journal says.
    private func loadCount(_ data: String) throws -> Int {
        try String(contentsOfFile: "\(data)/smoke.jsonl", encoding: .utf8)
            .split(separator: "\n").count { $0.contains("\"title\":\"Load ") }
    }

    @Test func `nothing acknowledged is lost by kill -9 during writes`() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        var (server, url) = try await up(data)
        let first = try smoke(url, data)
        #expect(try await first.exitCode() == 0, "\(first.text)")
        let port = url.split(separator: ":").last.map(String.init) ?? ""
        for _ in 0..<3 {
            let load = try smoke(url, data, ["--load", "6", "--authors", "16"])
            // Kill when the load has made something of its own, so that writes are under way.
            let before = try loadCount(data)
            while try loadCount(data) < before + 40 { try await Task.sleep(for: .milliseconds(20)) }
            server.kill()
            (server, url) = try await up(data, port: port)
            _ = try await load.exitCode()
            let verify = try smoke(url, data, ["--verify"])
            #expect(try await verify.exitCode() == 0, "\(verify.text)")
            #expect(verify.text.contains(" passed, 0 failed"))
        }
        #expect(try await server.stop() == 0)
    }

    @Test func `a busy port is one clear message and a failure`() async throws {
        let folder = try TemporaryFolder()
        let (server, url) = try await up(folder.path + "/one")
        let port = url.split(separator: ":").last.map(String.init) ?? ""
        let second = try Program(
            "starchair", ["up", "--port", port, "--data", folder.path + "/two"])
        #expect(try await second.exitCode() == 1)
        #expect(second.text.contains("cannot listen on 127.0.0.1:\(port)"), "\(second.text)")
        #expect(try await server.stop() == 0)
    }

    @Test func `two processes do not serve one folder`() async throws {
        let folder = try TemporaryFolder()
        let (server, _) = try await up(folder.path)
        let second = try Program("starchair", ["up", "--port", "0", "--data", folder.path])
        #expect(try await second.exitCode() == 1)
        #expect(second.text.contains("another process serves the data"), "\(second.text)")
        #expect(try await server.stop() == 0)
    }

    @Test func `data of a newer release is refused and left alone`() async throws {
        let folder = try TemporaryFolder()
        let file = URL(filePath: folder.path).appending(path: "format")
        try Data("999\n".utf8).write(to: file)
        let server = try Program("starchair", ["up", "--port", "0", "--data", folder.path])
        #expect(try await server.exitCode() == 1)
        #expect(server.text.contains("newer release"), "\(server.text)")
        #expect(try Data(contentsOf: file) == Data("999\n".utf8))
    }

    @Test func `a folder that cannot be made is one clear message and a failure`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/file"
        try Data().write(to: URL(filePath: file))
        let server = try Program("starchair", ["up", "--port", "0", "--data", file + "/data"])
        #expect(try await server.exitCode() == 1)
        #expect(server.text.contains("cannot be made"), "\(server.text)")
    }

    @Test(arguments: [
        ["up", "--prot", "1"], ["up", "--port", "70000"], ["up", "--public-url", "nonsense"],
        ["smoke", "--url", "nonsense"], ["smoke", "--verify", "--load", "3"], ["launch"],
    ])
    func `wrong usage is said and is 64`(_ arguments: [String]) async throws {
        let program = try Program("starchair", arguments)
        #expect(try await program.exitCode() == 64, "\(program.text)")
        #expect(program.text.contains("Usage:"), "\(program.text)")
    }

    @Test func `an administrator's link can be printed beside a running installation`()
        async throws
    {
        let folder = try TemporaryFolder()
        let (server, _) = try await up(folder.path)
        let link = try Program("starchair", ["administrator-link", "--data", folder.path])
        #expect(try await link.exitCode() == 0)
        #expect(link.text.contains("/#administrator="), "\(link.text)")
        #expect(try await server.stop() == 0)
    }
}
