import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Ports
import StarchairGateway
import Testing

@testable import StarchairServer

/// A listener on loopback, with one route, one page, a manual and perhaps live connections.
struct TestServer: Sendable {
    static let page = "<title>Starchair</title>"
    static let manual = "<title>Manual</title>"

    var configuration = StarchairServer.Configuration(host: "127.0.0.1", port: 0)
    var live: LiveEndpoint?

    init(_ live: LiveEndpoint? = nil) {
        self.live = live
        // On a busy machine a page may be idle for long in the middle of a test.
        configuration.webSocketTiming.pingInterval = .seconds(3600)
    }

    /// Runs the listener until the work is done, then stops it by cancellation.
    func run(_ work: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup { group in
            group.addTask {
                defer { listening.finish() }
                try await serve { listening.yield($0) }
            }
            for await port in ports.prefix(1) { try await work(port) }
            group.cancelAll()
            do {
                try await group.waitForAll()
            } catch is CancellationError {
                // It was stopped, as it should be.
                return
            }
        }
    }

    /// Runs the listener until it is stopped.
    func serve(onListening: @escaping @Sendable (Int) -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "ServerTests-\(UUID().uuidString)")
        let manual = folder.appending(path: "manual")
        try FileManager.default.createDirectory(at: manual, withIntermediateDirectories: true)
        defer {
            do {
                try FileManager.default.removeItem(at: folder)
            } catch {
                Issue.record(error)
            }
        }
        try Data(Self.page.utf8).write(to: folder.appending(path: "index.html"))
        try Data(Self.manual.utf8).write(to: manual.appending(path: "index.html"))
        let router = Router(context: GatewayContext.self)
        router.get("api/hello") { _, _ in "hello" }
        router.post("api/size") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            return "\(body.readableBytes)"
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = StarchairServer(
            configuration, gateway: router.buildResponder(),
            web: try WebFiles(folder: folder, manual: manual), live: live, logger: logger)
        try await server.run { onListening($0) }
    }
}

extension LiveEndpoint {
    /// Admits everybody.
    static func open(
        _ serve: @escaping @Sendable (any LiveConnection) async -> Void
    ) -> LiveEndpoint {
        LiveEndpoint(path: "/ws") { _ in .admitted(serve: serve) }
    }

    /// Sends every text back; the journal gets to know how it ended.
    static func echo(_ journal: Journal = Journal()) -> LiveEndpoint {
        open { connection in
            do throws(LiveError) {
                while let text = try await connection.receive() { try await connection.send(text) }
                journal.write("closed by the page")
            } catch {
                journal.write(error)
            }
        }
    }

    /// Writes every text into the journal, and how it ended.
    static func listening(_ journal: Journal) -> LiveEndpoint {
        open { connection in
            do throws(LiveError) {
                while let text = try await connection.receive() { journal.write(text) }
                journal.write("closed by the page")
            } catch {
                journal.write(error)
            }
        }
    }
}
