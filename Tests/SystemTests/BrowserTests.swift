import Foundation
import Testing

/// The application in a real Chromium, with people as `Browser/play.py` plays them.
@Suite struct BrowserTests {
    @Test func `people use the application in a real browser`() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path + "/data"
        let server = try Program("starchair", ["up", "--port", "0", "--data", data])
        let url = try await server.line(after: "Starchair is ready at ")
        let link = try await server.line(after: "First administrator, once, within a day: ")
        let script = Bundle.module.bundleURL.appending(path: "Browser/play.py").path
        let play = try Program(
            at: URL(filePath: "/usr/bin/python3"), ["-Bu", script, url, data, link])
        #expect(try await play.exitCode(within: 20) == 0, "\(play.text)")
        #expect(try await server.stop() == 0)
    }
}
