import Foundation

@testable import LocalCluster

/// Something that a server is given to keep, and is asked for again.
struct ServerMemory {
    private let running: RunningServer
    private let bench: Bench

    init(_ running: RunningServer, _ bench: Bench) {
        (self.running, self.bench) = (running, bench)
    }

    func keep() async throws {
        switch running.server {
        case .redis:
            _ = try redis("SET a 1")
            // What is written is on disk within a second.
            _ = try redis("CONFIG SET appendfsync always\r\nSET a 1")
        case .consul: _ = try http("PUT /v1/kv/a", body: "1")
        case .mongoDB: _ = try mongo(Insert())
        case .rabbitMQ: try await control("add_user", "keeper", "secret")
        case .nginx: try Data((try routes() + "# kept\n").utf8).write(to: path)
        }
    }

    func isThere() async throws -> Bool {
        switch running.server {
        case .redis: try redis("GET a").contains("$1\r\n1\r\n")
        case .consul: try http("GET /v1/kv/a?raw").hasSuffix("\r\n\r\n1")
        case .mongoDB: try mongo(Count()).n == 1
        case .rabbitMQ: try await control("list_users").contains("keeper")
        case .nginx: try routes().contains("# kept")
        }
    }

    /// nginx keeps nothing but its routes, which are not data.
    private var path: URL {
        URL(filePath: running.log).deletingLastPathComponent().appending(path: "nginx.conf")
    }

    private func routes() throws -> String { try String(contentsOf: path, encoding: .utf8) }

    private struct Insert: Encodable {
        struct Document: Encodable { var a = 1 }
        struct Concern: Encodable { var j = true }

        var insert = "kept"
        var documents = [Document()]
        var writeConcern = Concern()
        var database = "tests"

        enum CodingKeys: String, CodingKey {
            case insert, documents, writeConcern
            case database = "$db"
        }
    }

    private struct Count: Encodable {
        var count = "kept"
        var database = "tests"

        enum CodingKeys: String, CodingKey {
            case count
            case database = "$db"
        }
    }

    private struct Reply: Decodable { var n: Int }

    private func mongo(_ command: some Encodable) throws -> Reply {
        try MongoQuestion.ask(command, Reply.self, "127.0.0.1", running.port)
    }

    private func redis(_ commands: String) throws -> String {
        let settings = running.plan.files["redis.conf"] ?? ""
        let password =
            settings.split(separator: "\n").first { $0.hasPrefix("requirepass") }
            .map { $0.dropFirst("requirepass ".count) } ?? ""
        return try say("AUTH \(password)\r\n\(commands)\r\nQUIT\r\n")
    }

    private func http(_ request: String, body: String = "") throws -> String {
        try say("\(request) HTTP/1.0\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    private func say(_ text: String) throws -> String {
        let conversation = try SocketConversation.open(
            host: "127.0.0.1", port: running.port, timeLimit: .seconds(10))
        try conversation.send(Array(text.utf8))
        return String(decoding: try conversation.receiveAll(), as: UTF8.self)
    }

    @discardableResult
    private func control(_ words: String...) async throws -> String {
        let tool = "\(try bench.programs.rabbitMQ())/rabbitmqctl"
        return try await Tool(clock: bench.platform.clock).run(
            [tool, "--quiet"] + words, environment: running.plan.program.environment)
    }
}
