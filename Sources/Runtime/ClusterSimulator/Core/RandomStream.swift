import Platform

/// One stream of chance of a simulation; whoever holds it shares its position.
///
/// Only the simulation's own thread draws from it.
public final class RandomStream: RandomNumberGenerator, @unchecked Sendable {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// The next 64 bits.
    public func next() -> UInt64 { generator.next() }

    /// A whole number in `0..<bound`.
    public func below(_ bound: Int) -> Int { generator.below(bound) }

    /// True in `permille` of a thousand draws.
    public func chance(permille: Int) -> Bool { generator.below(1000) < permille }

    /// A duration in `range`, uniform in steps of a nanosecond.
    public func duration(in range: ClosedRange<Duration>) -> Duration {
        let lowest = range.lowerBound.nanoseconds
        let span = range.upperBound.nanoseconds - lowest
        return .nanoseconds(lowest + Int64(generator.below(Int(span) + 1)))
    }
}
