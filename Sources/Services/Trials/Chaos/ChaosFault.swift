/// One thing that is done to a machine of a real cluster.
public struct ChaosFault: Hashable, Sendable, Codable {
    /// What is done.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        /// It ends by SIGKILL and is away for a while.
        case kill
        /// It ends by SIGKILL and is started again at once.
        case restart
        /// It stands still by SIGSTOP.
        case pause
        /// Packets from and to it vanish.
        case cut
    }

    /// What is done.
    public let kind: Kind
    /// To whom.
    public let machine: String
    /// Whom it cannot reach, if it is cut off from one alone.
    public let peer: String?

    init(_ kind: Kind, _ machine: String, from peer: String? = nil) {
        self.kind = kind
        self.machine = machine
        self.peer = peer
    }

    /// Whether processes end by it, so that it is worth something under load alone.
    public var isDeadly: Bool { kind == .kill || kind == .restart }
}

extension ChaosFault: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .kill, .restart, .pause: "\(kind.rawValue) \(machine)"
        case .cut: "cut \(machine) from \(peer ?? "everybody")"
        }
    }
}
