/// One kind of work, done by us and by our peers.
struct Comparison: Sendable {
    let name: String
    /// What is counted in each second.
    let unit: String
    let ours: Contender
    let peers: [Contender]
    /// Sets up what all contenders need, before the first turn.
    var prepare: @Sendable () async throws -> Void = {}
}

/// One way of doing the work of a comparison.
struct Contender: Sendable {
    let name: String
    /// The ratio to this peer that the design asks for, if it asks for one.
    var ratioMinimum: Double?
    /// Whether the work is another program's, which starts first and keeps the time itself.
    var keepsItsTime = false
    /// Does the work so many times; gives a sum over all outcomes, so that none can be left out,
    /// or the nanoseconds that it took, from one that keeps its time.
    let run: @Sendable (_ count: Int) async throws -> Int
}
