/// One question or order to a service, as it stands on the wire.
///
/// A message is a struct of values. Its names are stable between releases, unknown fields are
/// ignored and new fields are optional, so that one release and the next understand each other.
public protocol Message: Codable, Sendable {
    /// What the service answers when it is done.
    associatedtype Reply: Codable & Sendable
    /// Why the service may decline.
    associatedtype Code: RefusalCode

    /// The service that handles the message.
    static var service: ServiceName { get }
    /// The message's name on the wire, unique in its service.
    static var name: String { get }
    /// Whether it changes anything.
    static var kind: MessageKind { get }

    /// What makes two messages the same intention: without passwords, whose fast hash must not
    /// be stored, and without what differs between two attempts.
    var fingerprinted: Self { get }
}

extension Message {
    /// The whole message.
    public var fingerprinted: Self { self }
}

/// A message that changes nothing and may be asked of any instance at any time.
public protocol Query: Message {}

extension Query {
    public static var kind: MessageKind { .query }
}

/// A message that takes effect once for each (principal, request id).
public protocol Command: Message {}

extension Command {
    public static var kind: MessageKind { .command }
}

/// Whether a message changes anything.
public enum MessageKind: Sendable {
    /// It changes nothing and may be asked of any instance at any time.
    case query
    /// It takes effect once for each (principal, request id).
    case command
}

/// A service's name in the registry.
public struct ServiceName: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
    /// The name.
    public let text: String

    /// Names a service.
    public init(_ text: String) { self.text = text }

    /// Names a service by a literal.
    public init(stringLiteral value: String) { text = value }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
