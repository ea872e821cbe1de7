import Platform

/// What servers other than the leader answer: what the leader had a moment ago, or, while they
/// do not hear of it, long ago.
struct ConsulReplica {
    /// How far the other servers are behind.
    static let lag = Duration.milliseconds(5)

    /// What the catalogue was before its last change.
    var previous = ConsulCatalogue()
    var lastChange = Duration.zero
    var frozen: ConsulCatalogue?
    /// Since when the other servers hear of nothing.
    var frozenSince = Duration.zero
}
