import Platform

/// Which checks a process has seen critical, since when, and which of them it is time to act on.
struct CriticalRecord: Sendable {
    /// One stay of a check in the critical state; when it passes in between, it is another one.
    struct Stay: Hashable, Comparable, Sendable {
        let node: String
        let checkID: String
        let serviceID: String
        /// The catalogue's index of the check's last change.
        let modifyIndex: UInt64

        /// Whether a whole node is judged.
        var isOfNode: Bool { serviceID.isEmpty }

        init(_ check: ConsulCheckRow) {
            node = check.node
            checkID = check.checkID
            serviceID = check.serviceID
            modifyIndex = check.modifyIndex
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.node, left.checkID, left.modifyIndex)
                < (right.node, right.checkID, right.modifyIndex)
        }
    }

    /// How long after an action the same stay is acted on again, if it is still there.
    static let pause = Duration.seconds(2)
    /// Stays that are remembered, at most; further ones wait for their turn.
    static let stayCountMaximum = 10_000

    private let tag: String
    private let patience: Duration
    private var dueTimes: [Stay: Duration] = [:]

    /// A record that acts on what carries `tag` after `patience`.
    init(tag: String, patience: Duration) {
        self.tag = tag
        self.patience = patience
    }

    /// Takes a list of all critical checks, as it is `now` by the process's own uptime.
    mutating func note(_ checks: [ConsulCheckRow], now: Duration) {
        var current: [Stay: Duration] = [:]
        for check in checks where concerns(check) && current.count < Self.stayCountMaximum {
            let stay = Stay(check)
            current[stay] = dueTimes[stay] ?? now + patience
        }
        dueTimes = current
    }

    /// An instance's own word and the agent's life count. What another check finds is no crash:
    /// whoever passes its own check would register again at once.
    private func concerns(_ check: ConsulCheckRow) -> Bool {
        if check.isOfNode { return check.checkID == ConsulCheckRow.nodeHealthID }
        return check.isOwnPass && check.serviceTags?.contains(tag) == true
    }

    /// What it is time to act on, in order; each is due again after ``pause``.
    mutating func takeDue(now: Duration) -> [Stay] {
        let due = dueTimes.filter { $0.value <= now }.keys.sorted()
        for stay in due { dueTimes[stay] = now + Self.pause }
        return due
    }

    /// When there is something to act on next, unless it changes.
    var nextDue: Duration? { dueTimes.values.min() }
}
