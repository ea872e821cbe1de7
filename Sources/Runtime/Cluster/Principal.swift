/// On whose behalf a call is made.
///
/// Only the edge that authenticated somebody, and a service acting for itself, make one; a
/// client's input never does.
public struct Principal: Hashable, Sendable, Codable {
    /// Who acts.
    public let actor: Party
    /// As whom: the same, unless rights were delegated or a chair looks through other eyes.
    public let subject: Party
    /// What is known of the subject from its authority, for example verified addresses.
    public let claims: [String: [String]]

    /// A principal that acts as itself.
    public init(_ party: Party, claims: [String: [String]] = [:]) {
        actor = party
        subject = party
        self.claims = claims
    }

    init(actor: Party, subject: Party, claims: [String: [String]]) {
        self.actor = actor
        self.subject = subject
        self.claims = claims
    }

    /// Somebody who has not signed in.
    public static let anonymous = Principal(.anonymous)
}

/// A person's account, a service, or nobody in particular.
public struct Party: Hashable, Sendable, Codable {
    /// The party as text: `anonymous`, `account:…` or `service:…`.
    public let text: String

    private init(text: String) { self.text = text }

    /// Somebody who has not signed in.
    public static let anonymous = Party(text: "anonymous")

    /// The holder of an account.
    public static func account(_ id: String) -> Party { Party(text: "account:" + id) }

    /// A service that acts for itself.
    public static func service(_ name: ServiceName) -> Party {
        Party(text: "service:" + name.text)
    }

    /// The account's id, when the party holds one.
    public var accountID: String? { suffix(after: "account:") }

    /// The service's name, when the party is one.
    public var serviceName: ServiceName? { suffix(after: "service:").map { ServiceName($0) } }

    private func suffix(after prefix: String) -> String? {
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
