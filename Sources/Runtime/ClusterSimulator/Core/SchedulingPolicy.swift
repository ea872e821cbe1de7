/// How a simulation picks the next of several ready jobs.
///
/// No policy finds every bug: random walks and priorities each found some that the other missed
/// in thousands of seeds, so a run usually draws one from its seed.
public enum SchedulingPolicy: Sendable, Hashable {
    /// Any ready job, all with the same chance.
    case random
    /// The job that became ready first.
    case fifo
    /// The job of the lane with the highest priority; `depth - 1` times in a run the lane that
    /// runs falls to the lowest.
    ///
    /// Source: Burckhardt et al., "A randomized scheduler with probabilistic guarantees of
    /// finding bugs", 2010.
    case pct(depth: Int)

    /// The policy of a run that asks for none: random 50 %, PCT of depth 2 and 3 20 % each,
    /// first in first out 10 %.
    static func drawn(from generator: inout SplitMix64) -> Self {
        switch generator.below(10) {
        case 0..<5: .random
        case 5, 6: .pct(depth: 2)
        case 7, 8: .pct(depth: 3)
        default: .fifo
        }
    }
}

extension SchedulingPolicy: CustomStringConvertible {
    public var description: String {
        switch self {
        case .random: "random"
        case .fifo: "fifo"
        case .pct(let depth): "pct\(depth)"
        }
    }
}
