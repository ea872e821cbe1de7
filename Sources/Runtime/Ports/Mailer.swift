/// Hands letters to the mail system.
public protocol Mailer: Sendable {
    /// Returns when the mail system has taken the letter durably.
    ///
    /// A letter handed over twice under the same id is delivered at least once; systems that
    /// can, deliver it once.
    func deliver(_ letter: Letter) async throws(MailError)
}

/// A letter to one person.
public struct Letter: Codable, Hashable, Sendable {
    /// The letter's own id, the same at each attempt to deliver it.
    public let id: String
    /// The recipient's address.
    public let recipient: String
    /// One line.
    public let subject: String
    /// Plain text.
    public let text: String

    /// Writes a letter.
    public init(id: String, recipient: String, subject: String, text: String) {
        self.id = id
        self.recipient = recipient
        self.subject = subject
        self.text = text
    }
}

/// Why a letter was not taken.
public enum MailError: Error, Hashable, Sendable {
    /// The mail system cannot be reached now; try again later.
    case unavailable
    /// The mail system will never take it; the text says why.
    case refused(String)
}
