/// Hands one message at a time to another mail system.
public protocol MailCarrier: Sendable {
    /// Returns when it is known what became of the message; it is not tried again here.
    func carry(_ parcel: MailParcel) async -> MailCarriage

    /// Makes the calls that are under way end soon, and those that come later at once.
    func giveUp()
}

/// A message as it travels: its envelope and its bytes.
public struct MailParcel: Hashable, Sendable {
    /// Who it comes from.
    public let sender: MailAddress
    /// Who it goes to.
    public let recipient: MailAddress
    /// The message of RFC 5322, lines ended by CR LF.
    public let bytes: [UInt8]

    /// Puts a message into its envelope.
    public init(sender: MailAddress, recipient: MailAddress, bytes: [UInt8]) {
        self.sender = sender
        self.recipient = recipient
        self.bytes = bytes
    }
}

/// What became of a message that was carried.
public enum MailCarriage: Hashable, Sendable {
    /// The other side has it.
    case taken
    /// The other side may take this message later, or may have it: it did not say.
    case postponed(MailAnswer)
    /// The other side will never take this message.
    case refused(MailAnswer)
    /// No message can be handed over now; the text says why and names no person.
    case unreachable(String)
}

/// What a mail system answered.
public struct MailAnswer: Hashable, Sendable {
    /// The code of RFC 5321, 4.2; 0 when there was none.
    public let code: Int
    /// The answer in its own words: it may name people, so it belongs into no log.
    public let text: String

    /// Notes an answer.
    public init(code: Int, text: String) {
        self.code = code
        self.text = text
    }
}
