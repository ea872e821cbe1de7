import Foundation
import Ports
import RabbitMQAdapter
import Testing

extension RabbitMQTests {
    /// What a bus does over TLS.
    @Suite(.serialized) struct Encrypting {
        let server: RabbitMQServer
        let system = RabbitMQTests.system

        init() throws { server = try RabbitMQServer.shared.get() }

        private func open(_ host: String, trusting authorityFile: String) throws -> OpenedBus {
            try OpenedBus(server, system, queues: ["q"]) {
                $0.host = host
                $0.port = server.tlsPort
                $0.encryption = .tls(authorityFile: authorityFile)
            }
        }

        @Test func `events, signals and dead letters go their way`() async throws {
            let opened = try open("localhost", trusting: server.authorityFile)
            // More than one record of TLS, so that what is read of the socket is not all there is.
            let worker = Worker(opened.bus) { delivery in
                delivery.event.id == "bad" ? .never("it is to be so") : .taken
            }
            for id in ["one", "bad", "three"] {
                #expect(await opened.outcome(of: id, byteCount: 1 << 20) == nil)
            }
            #expect(try await eventually { worker.ids.sorted() == ["bad", "one", "three"] })
            #expect(
                try await eventually {
                    try await opened.bus.deadLetters(of: "q").map(\.event.id) == ["bad"]
                })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `many events at once all arrive`() async throws {
            let opened = try open("localhost", trusting: server.authorityFile)
            let worker = Worker(opened.bus, prefetchMaximum: 100)
            let ids = (0..<500).map { "event \($0)" }
            await withTaskGroup { group in
                for id in ids { group.addTask { #expect(await opened.outcome(of: id) == nil) } }
            }
            #expect(try await eventually { Set(worker.ids) == Set(ids) })
            await worker.end()
            await opened.bus.shutDown()
        }

        @Test func `who shows another name or another authority's word is not trusted`()
            async throws
        {
            let other = FileManager.default.temporaryDirectory
                .appending(path: "other-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            defer { removeFolder(other) }
            try BrokerCertificate.make(in: other)
            for (host, authorityFile) in [
                ("127.0.0.1", server.authorityFile),
                ("localhost", other.appending(path: BrokerCertificate.file).path),
                ("localhost", "/no/such/file"),
            ] {
                let opened = try open(host, trusting: authorityFile)
                #expect(await opened.outcome(of: "one") == .unavailable)
                let isTold = opened.events.contains { event in
                    if case .failed = event { true } else { false }
                }
                #expect(isTold)
                await opened.bus.shutDown()
            }
        }

        @Test func `a broker that encrypts nothing is not spoken to`() async throws {
            let opened = try OpenedBus(server, system, queues: ["q"]) {
                $0.host = "localhost"
                $0.encryption = .tls(authorityFile: server.authorityFile)
                $0.timeouts.connect = .seconds(1)
            }
            #expect(await opened.outcome(of: "one") == .unavailable)
            await opened.bus.shutDown()
        }

        private func removeFolder(_ folder: URL) {
            do { try FileManager.default.removeItem(at: folder) } catch {
                Issue.record("\(folder.path) stays: \(error)")
            }
        }
    }
}
