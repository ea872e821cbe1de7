import Ports
import ServiceLifecycle
import Testing

@testable import StarchairServer

/// How a server with live connections stops.
@Suite(.timeLimit(.minutes(30))) struct ShutdownTests {
    static let hello = "GET /api/hello HTTP/1.1\r\nHost: h\r\n\r\n"

    /// Runs a listener as a part of a process, until the work is done and the process has
    /// stopped it.
    private func run(
        _ live: LiveEndpoint, _ work: @escaping @Sendable (Int, Process) async throws -> Void
    ) async throws {
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let service = Listening(server: TestServer(live)) { listening.yield($0) }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: service)], logger: .init(label: "test")))
        let (ends, ending) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                for await port in ports.prefix(1) {
                    try await work(port, Process(group: group, ending: ending))
                }
            }
            tasks.addTask {
                await withTaskGroup { inner in
                    inner.addTask {
                        do {
                            try await group.run()
                        } catch {
                            #expect(error is CancellationError)
                        }
                    }
                    inner.addTask { for await _ in ends { break } }
                    for await _ in inner { inner.cancelAll() }
                }
            }
            try await tasks.waitForAll()
        }
    }

    @Test(arguments: [true, false])
    func `a server that stops says so, and does not wait for pages that do not answer`(
        isGraceful: Bool
    ) async throws {
        let journal = Journal()
        try await run(.echo(journal)) { port, process in
            try await TestPage.live(port) { first in
                try await TestPage.live(port) { second in
                    await process.stop(isGraceful: isGraceful)
                    let frame = try await first.frame()
                    #expect(frame?.code == 1001)
                    try await first.send(.close(1001))
                    let end = try await first.frame()
                    #expect(end == nil)
                    let code = try await second.closeCode()
                    #expect(code == 1001)
                }
            }
        }
        let endings = await journal.next(2)
        #expect(endings == ["closed", "closed"])
    }

    @Test func `a server that stops upgrades nobody any more`() async throws {
        let asked = Journal()
        let (mayAnswer, answering) = AsyncStream.makeStream(of: Void.self)
        let live = LiveEndpoint(path: "/ws") { _ in
            asked.write("asked")
            for await _ in mayAnswer { break }
            return .admitted { _ in Issue.record("nobody is served") }
        }
        try await run(live) { port, process in
            try await TestPage.open(port) { idle in
                let hello = try await idle.ask(Self.hello)
                #expect(hello.body == "hello")
                try await TestPage.open(port) { page in
                    try await page.send(Array(Handshake().text.utf8))
                    _ = await asked.next()
                    await process.stop(isGraceful: true)
                    // The stop has come to the connections when an idle one is closed.
                    let end = try await idle.frame()
                    #expect(end == nil)
                    answering.finish()
                    let answer = try await page.answer()
                    #expect(answer.status == 503)
                }
            }
        }
    }
}

/// What can be asked to stop, or made to.
private struct Process {
    var group: ServiceGroup
    var ending: AsyncStream<Void>.Continuation

    func stop(isGraceful: Bool) async {
        if isGraceful {
            await group.triggerGracefulShutdown()
        } else {
            ending.yield()
        }
    }
}

/// A listener as a part of a process.
private struct Listening: Service {
    var server: TestServer
    var onListening: @Sendable (Int) -> Void

    func run() async throws { try await server.serve(onListening: onListening) }
}
