/// What the turns of a comparison came to.
struct ComparisonResult: Sendable, Encodable {
    let name: String
    let unit: String
    let ours: ContenderResult
    let peers: [PeerResult]

    /// - Parameter turns: those of each contender, ours first.
    init(_ comparison: Comparison, turns: [[Turn]]) {
        name = comparison.name
        unit = comparison.unit
        ours = ContenderResult(comparison.ours, turns[0])
        peers = zip(comparison.peers, turns.dropFirst()).map { peer, peerTurns in
            PeerResult(
                figures: ContenderResult(peer, peerTurns),
                ratio: Spread(zip(turns[0], peerTurns).map { $0.rate / $1.rate }),
                ratioMinimum: peer.ratioMinimum)
        }
    }
}

/// A contender's figures.
struct ContenderResult: Sendable, Encodable {
    let name: String
    /// Work done in each second.
    let rate: Spread
    /// Nanoseconds of processor time for each piece of work.
    let cost: Spread

    init(_ contender: Contender, _ turns: [Turn]) {
        name = contender.name
        rate = Spread(turns.map(\.rate))
        cost = Spread(turns.map(\.cost))
    }
}

/// A peer's figures, and how ours stand to them turn by turn.
struct PeerResult: Sendable, Encodable {
    let figures: ContenderResult
    let ratio: Spread
    let ratioMinimum: Double?
}

/// The middle and the ends of several figures.
struct Spread: Sendable, Encodable {
    let median: Double
    let minimum: Double
    let maximum: Double

    /// - Precondition: there is at least one figure.
    init(_ figures: [Double]) {
        let sorted = figures.sorted()
        let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
        (median, minimum, maximum) = ((low + high) / 2, sorted[0], sorted[sorted.count - 1])
    }
}
