import BSON

/// Commands to a MongoDB server, without a driver.
/// Source: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol (`OP_MSG`).
enum MongoQuestion {
    private static let opMessage: UInt32 = 2013
    private static let replyByteCountMaximum = 1 << 20

    /// Whether the server takes writes. One that was never told so becomes a replica set of one,
    /// known by the address that it was asked at.
    static func isPrimary(host: String, port: Int) throws -> Bool {
        let answer = try ask(Hello(), HelloReply.self, host, port)
        if answer.setName == nil {
            let member = Initiation.Member(host: "\(host):\(port)")
            _ = try ask(
                Initiation(config: .init(members: [member])), HelloReply.self, host, port)
        }
        return answer.isWritablePrimary == true
    }

    private struct Hello: Encodable {
        var hello = 1
        var database = "admin"

        enum CodingKeys: String, CodingKey {
            case hello
            case database = "$db"
        }
    }

    private struct HelloReply: Decodable {
        var isWritablePrimary: Bool?
        var setName: String?
    }

    private struct Initiation: Encodable {
        struct Member: Encodable {
            var id = 0
            var host: String

            enum CodingKeys: String, CodingKey {
                case id = "_id"
                case host
            }
        }

        struct Settings: Encodable {
            /// A new primary within two seconds of the old one's end.
            var electionTimeoutMillis = 2000
        }

        struct Config: Encodable {
            var id = BackingServer.replicaSet
            var members: [Member]
            var settings = Settings()

            enum CodingKeys: String, CodingKey {
                case id = "_id"
                case members
                case settings
            }
        }

        var config: Config
        var database = "admin"

        enum CodingKeys: String, CodingKey {
            case config = "replSetInitiate"
            case database = "$db"
        }
    }

    /// What the server answers to a command, which names its database in `$db`.
    static func ask<Reply: Decodable>(
        _ command: some Encodable, _ type: Reply.Type, _ host: String, _ port: Int
    ) throws -> Reply {
        let body = try BSONEncoder().encode(command)
        let conversation = try SocketConversation.open(
            host: host, port: port, timeLimit: Limit.probe)
        let head = [UInt32(16 + 5 + body.count), 1, 0, opMessage, 0].flatMap(bytes)
        try conversation.send(head + [0] + body)
        let size = try conversation.receive(exactly: 4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard (21...replyByteCountMaximum).contains(size) else {
            throw SocketConversation.Broken()
        }
        let reply = try conversation.receive(exactly: size - 4)
        return try BSONDecoder().decode(type, from: Array(reply[17...]))
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
