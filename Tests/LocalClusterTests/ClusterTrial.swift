import Foundation
import Glibc
import Testing

@testable import LocalCluster

/// What is tried on a running cluster of stand-ins.
struct ClusterTrial {
    private let cluster: LocalCluster
    private let bench: Bench
    private let folder: String
    private let port: Int

    init(_ cluster: LocalCluster, _ bench: Bench, folder: String, port: Int) {
        (self.cluster, self.bench) = (cluster, bench)
        (self.folder, self.port) = (folder, port)
    }

    func run() async throws {
        try await cluster.start()
        #expect(await cluster.status().count == 5 + 7 * 2)
        #expect(await isWell())
        try await checkPrivileges()
        // Nobody follows the registry yet, so the gateway knows nobody.
        #expect(try get("/api/user/check").status == 503)

        let follower = bench.platform.tasks.start("follower") {
            do {
                try await cluster.follow { _ in }
            } catch {
                #expect(error is CancellationError)
            }
        }
        try await bench.until("the gateway knows everybody") {
            for service in ClusterService.all
            where try get("\(service.prefix)/check").status != 200 { return false }
            return true
        }
        try checkRequests()
        try await checkRepetition()
        try await checkKill()
        try await checkPause()
        try await checkCut()
        follower.cancel()
        await follower.wait()
    }

    /// No process with an address of its own may do more than its user's files allow.
    private func checkPrivileges() async throws {
        let pids = await cluster.status().filter { $0.name != "nginx" }.compactMap(\.pid)
        #expect(pids.count == 4 + 7 * 2)
        for pid in pids {
            let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            for name in ["CapEff", "CapBnd"] {
                #expect(text.contains("\(name):\t0000000000000000\n"))
            }
        }
    }

    private func get(_ path: String) throws -> HTTPAnswer {
        try HTTPQuestion.get(path, host: "127.0.0.1", port: port, timeLimit: .seconds(10))
    }

    private struct Answer: Decodable {
        var service: String
        var path: String
        var headers: [String: String]
        var told: [String]
    }

    /// What an instance is told, and what it is told of a request.
    private func checkRequests() throws {
        for service in ClusterService.all {
            let path = "\(service.prefix)/a/b?c=%20d"
            let answer = try send("GET", path, headers: "X-Forwarded-For: 6.6.6.6\r\n")
            try #require(answer.status == 200)
            let said = try JSONDecoder().decode(Answer.self, from: Data(answer.body))
            #expect(said.service == service.name && said.path == path)
            #expect(said.headers["x-forwarded-for"] == "127.0.0.1")
            #expect(said.headers["host"] == "somewhere:1")
            #expect(said.headers["x-request-id"]?.count == 32)
            #expect(said.told.count == 12)
        }
        #expect(try get("/api/userX/check").status == 404)
        #expect(try get("/api/none").status == 404)
        #expect(try get("/").status == 404)
        #expect(try send("DELETE", "/api/user/check").status == 405)
    }

    /// A query is asked of another instance; a command that was sent is not sent again.
    private func checkRepetition() async throws {
        for _ in 0..<6 { #expect(try send("GET", "/api/user/flaky").status == 200) }
        var count = 0
        try await bench.until("a command meets the instance that does not answer") {
            count += 1
            return try send("POST", "/api/user/flaky").status == 503
        }
        let lines = try (1...2).flatMap { replica in
            try String(
                contentsOfFile: "\(folder)/services/UserService-\(replica)/requests",
                encoding: .utf8
            ).split(separator: "\n")
        }
        #expect(lines.filter { $0 == "POST /api/user/flaky" }.count == count)
    }

    private func checkKill() async throws {
        try await cluster.kill("user/1")
        let status = try #require(await cluster.status().first { $0.name == "UserService/1" })
        #expect(status.state == .dead && status.pid == nil && status.residentByteCount == 0)
        let place = "10.\(await number()).1.1:5001"
        try await bench.until("the gateway forgets it") { try !routes().contains(place) }
        #expect(try get("/api/user/check").status == 200)
        try await cluster.kill("rabbitmq")
        let dead = await cluster.status().filter { $0.state == .dead }.map(\.name)
        #expect(dead == ["rabbitmq", "UserService/1"])
        try await cluster.start()
        #expect(await isWell())
        try await bench.until("the gateway knows it again") { try routes().contains(place) }
        try await cluster.restart("consul")
        try await bench.until("all register again") {
            await isWell()
        }
    }

    private func checkPause() async throws {
        try await cluster.pause("draft/2")
        try await bench.until("it is critical") {
            await cluster.status().contains {
                $0.name == "DraftService/2" && $0.state == .paused && $0.registry == .critical
            }
        }
        try await cluster.resume("draft/2")
        try await bench.until("it passes again") {
            await isWell()
        }
    }

    private func checkCut() async throws {
        try await cluster.cut("draft/2", from: "consul")
        try await bench.until("it cannot say that it serves") {
            await cluster.status().contains {
                $0.name == "DraftService/2" && $0.state == .running && $0.registry == .critical
                    && $0.cuts == ["consul"]
            }
        }
        try await cluster.cut("nginx", from: "user")
        // The first connection is refused a reply twice, as nginx waits 2 s for each instance.
        #expect(try get("/api/user/check").status == 503)
        #expect(try get("/api/draft/check").status == 200)
        try await cluster.heal()
        #expect(await cluster.status().allSatisfy { $0.cuts.isEmpty })
        try await bench.until("all is well") {
            let answer = try get("/api/user/check")
            return await isWell() && answer.status == 200
        }
    }

    private func isWell() async -> Bool { await cluster.status().allSatisfy(\.isWell) }

    private func number() async -> Int { await cluster.record.plan.number }

    private func routes() throws -> String {
        try String(contentsOfFile: "\(folder)/servers/nginx/nginx.conf", encoding: .utf8)
    }

    private func send(
        _ method: String, _ path: String, headers: String = ""
    ) throws -> HTTPAnswer {
        let conversation = try SocketConversation.open(
            host: "127.0.0.1", port: port, timeLimit: .seconds(10))
        try conversation.send(
            Array(
                ("\(method) \(path) HTTP/1.1\r\nHost: somewhere:1\r\nConnection: close\r\n"
                    + "Content-Length: \(method == "POST" ? 2 : 0)\r\n\(headers)\r\n"
                    + (method == "POST" ? "{}" : "")).utf8))
        return try #require(HTTPAnswer(try conversation.receiveAll()))
    }

    /// Processes and networks of the cluster that are still there.
    func leftovers() async throws -> [String] {
        let namespaces = try await Tool(clock: bench.platform.clock).run(["ip", "netns", "list"])
        let prefix = "starchair\(await number())-"
        let processes = try ProcessStatus.allPIDs().filter { pid in
            var link = [UInt8](repeating: 0, count: 4096)
            let count = readlink("/proc/\(pid)/cwd", &link, link.count)
            return count > 0 && String(decoding: link[..<count], as: UTF8.self).hasPrefix(folder)
        }
        return namespaces.split(separator: "\n").map(String.init).filter { $0.hasPrefix(prefix) }
            + processes.map { "\($0)" }
    }
}
