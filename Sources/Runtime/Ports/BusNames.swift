/// A queue's name on a bus.
public struct QueueName: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name, at most ``BusLimits/nameByteCountMaximum`` bytes.
    public let text: String

    /// Names a queue.
    public init(_ text: String) { self.text = text }

    /// Names a queue by a literal.
    public init(stringLiteral value: String) { text = value }
}

/// What signals are about.
public struct TopicName: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name, at most ``BusLimits/nameByteCountMaximum`` bytes.
    public let text: String

    /// Names a topic.
    public init(_ text: String) { self.text = text }

    /// Names a topic by a literal.
    public init(stringLiteral value: String) { text = value }
}

extension QueueName: CustomStringConvertible {
    public var description: String { text }
}

extension QueueName: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension TopicName: CustomStringConvertible {
    public var description: String { text }
}

extension TopicName: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension TopicName: Codable {
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
