import Platform

/// How far a node's clock is from the truth, and how fast it leaves it.
public struct ClockFault: Sendable, Hashable {
    /// The greatest drift, either way, in parts per million.
    public static let driftMaximum = 500_000

    /// How far ahead the time of day is when the run begins; negative when behind.
    public let offset: Duration
    /// How much faster than true the clock runs, in parts per million; negative when slower.
    public let driftPartsPerMillion: Int

    /// A clock that is wrong by `offset` and goes wrong by `driftPartsPerMillion`.
    public init(offset: Duration = .zero, driftPartsPerMillion: Int = 0) {
        precondition(abs(driftPartsPerMillion) <= Self.driftMaximum, "a drift is at most half")
        self.offset = offset
        self.driftPartsPerMillion = driftPartsPerMillion
    }

    /// A clock that is right.
    public static let none = Self()
}
