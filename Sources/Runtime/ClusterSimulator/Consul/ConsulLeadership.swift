import Platform

/// Who leads the servers.
struct ConsulLeadership {
    /// How long a request waits for a leader.
    static let patience = Duration.seconds(7)
    /// How long after the end of a leader another one leads.
    static let electionDuration = Duration.milliseconds(3050)

    /// Until when there is no leader, when one was killed.
    var vacancyEnd = Duration.zero
    /// Since when there is no leader.
    var vacancyStart = Duration.zero
    var hasQuorum = true
    var isDown = false
    /// Counts leaders.
    var term = 1
    /// What waits for a leader, by the order of asking.
    var waiters: [Int: ConsulWaiter] = [:]
    var waiterCount = 0
}

/// Something that waits for a leader.
struct ConsulWaiter {
    let agent: ConsulAgent
    let timer: EventHandle
    let proceed: (ConsulFailure?) -> Void
}
