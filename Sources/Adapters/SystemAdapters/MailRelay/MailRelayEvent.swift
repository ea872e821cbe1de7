/// What happened in a relay, for a log: ids and codes, nobody's address and nobody's words.
public enum MailRelayEvent: Hashable, Sendable {
    /// Letters can be handed over again.
    case reachable
    /// No letter can be handed over; the text says why.
    case unreachable(String)
    /// The server may take the letter later; 0 when it gave no answer.
    case postponed(id: String, code: Int)
    /// The letter lies in the folder of those that were refused, with the reason.
    case refused(id: String, code: Int)
    /// The letter has become too old and lies in the folder of those that were refused.
    case expired(id: String)
    /// So many letters are kept that no more is taken.
    case full(letterCount: Int)
    /// The folder cannot be used; the text names the system's call.
    case storage(String)
}

extension MailRelayEvent: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reachable: "letters can be handed over again"
        case .unreachable(let reason): "letters wait: \(reason)"
        case .postponed(let id, let code): "letter \(id) waits after answer \(code)"
        case .refused(let id, let code): "letter \(id) was refused with answer \(code)"
        case .expired(let id): "letter \(id) was not taken in time"
        case .full(let count): "no letter is taken while \(count) are kept"
        case .storage(let reason): "the folder of letters fails: \(reason)"
        }
    }
}
