/// What the turns of a comparison came to.
struct ComparisonResult: Sendable, Encodable {
    let name: String
    let unit: String
    let ours: ContenderResult
    let peers: [PeerResult]

    /// - Parameter rates: for each contender, ours first, the rate of each turn.
    init(_ comparison: Comparison, rates: [[Double]]) {
        name = comparison.name
        unit = comparison.unit
        ours = ContenderResult(name: comparison.ours.name, rate: Spread(rates[0]))
        peers = zip(comparison.peers, rates.dropFirst()).map { peer, peerRates in
            PeerResult(
                figures: ContenderResult(name: peer.name, rate: Spread(peerRates)),
                ratio: Spread(zip(rates[0], peerRates).map { $0 / $1 }),
                ratioMinimum: peer.ratioMinimum)
        }
    }
}

/// A contender's rates, each per second.
struct ContenderResult: Sendable, Encodable {
    let name: String
    let rate: Spread
}

/// A peer's rates, and how ours stand to them turn by turn.
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
