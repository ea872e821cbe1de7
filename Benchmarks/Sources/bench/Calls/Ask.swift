import Cluster

/// A small question, such as most calls are.
struct Ask: Message {
    struct Reply: Codable, Sendable {
        var text: String
        var number: Int64
        var isKnown: Bool
    }

    typealias Code = NoRefusal
    static let service: ServiceName = "oracle"
    static let name = "ask"
    static let kind = MessageKind.query

    var text: String
    var number: Int64
    var isUrgent: Bool

    static let sample = Ask(text: "how many papers wait", number: 42, isUrgent: true)

    /// The answer, which costs next to nothing to find.
    var reply: Reply { Reply(text: text, number: number + 1, isKnown: isUrgent) }

    /// The service that answers.
    static let oracle = Service(service, [Handler(Ask.self) { ask, _ in ask.reply }])
}
