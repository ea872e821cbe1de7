/// The closed list of reasons for which a service declines a message.
public protocol RefusalCode: RawRepresentable<String>, Hashable, CaseIterable, Sendable {}

/// A service's definite no: nothing was changed, and asking again gives the same answer until
/// something else changes.
public struct Refusal<Code: RefusalCode>: Error, Hashable, Sendable {
    /// The reason; nil when the peer is of a newer release and gave one unknown to this one.
    public let code: Code?
    /// The reason as it stands on the wire.
    public let rawCode: String
    /// Details for the client's text; never secrets, never what the asker may not see.
    public let parameters: [String: String]

    /// Declines for a reason.
    public init(_ code: Code, _ parameters: [String: String] = [:]) {
        self.code = code
        rawCode = code.rawValue
        self.parameters = parameters
    }

    /// Reads a refusal that arrived.
    public init(rawCode: String, parameters: [String: String]) {
        code = Code(rawValue: rawCode)
        self.rawCode = rawCode
        self.parameters = parameters
    }
}

/// The code of messages that are never refused.
public enum NoRefusal: String, RefusalCode {
    /// Exists because an enumeration with raw values needs a case; it is never sent.
    case never
}
