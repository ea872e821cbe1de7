/// The names of one trial's services, keys and sessions at a Consul.
struct RegistryNames: Sendable {
    let prefix: String
    /// The ids that sessions were given, by slots, and how they are called in a comparison.
    private(set) var sessions: [Int: String] = [:]
    private var labels: [String: String] = [:]

    init(prefix: String) { self.prefix = prefix }

    /// All ids of sessions that were given.
    var allSessions: [String] { labels.keys.sorted() }

    func service(_ number: Int) -> String { "\(prefix)s\(number)" }

    func instance(_ service: Int, _ number: Int) -> String { "\(prefix)s\(service)-\(number)" }

    func key(_ number: Int) -> String { "\(prefix)k\(number)" }

    func session(_ slot: Int) -> String {
        sessions[slot] ?? "00000000-0000-0000-0000-00000000000\(slot)"
    }

    /// Names a session; later operations use it if it has a slot.
    mutating func note(_ session: String, in slot: Int? = nil) {
        labels[session] = "session \(labels.count)"
        if let slot { sessions[slot] = session }
    }

    /// A text without the names that only one trial has.
    func neutral(_ text: String) -> String {
        var text = text.replacing(prefix, with: "")
        for (id, label) in labels.sorted(by: { $0.key < $1.key }) {
            text = text.replacing(id, with: label)
        }
        return text
    }

    /// Whether a row is about something that is not of this trial: Consul's own service, and
    /// what earlier trials left.
    func isForeign(_ row: JSON) -> Bool {
        for name in ["ServiceName", "ServiceID", "Key"] {
            guard let text = row[name]?.text, !(name != "Key" && text.isEmpty) else { continue }
            return !text.hasPrefix(prefix)
        }
        return false
    }

    /// Whether a member of an object of services, checks or tags is not of this trial.
    func isForeign(member name: String) -> Bool {
        if name == "consul" { return true }
        let isOfTrials = name.contains("parity-")
        return isOfTrials && !name.contains(prefix)
    }
}
