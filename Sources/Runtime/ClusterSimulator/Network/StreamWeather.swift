import Platform

/// How badly a network treats byte streams; each number is drawn for a run or set by a scenario.
public struct StreamWeather: Sendable, Hashable {
    /// Pieces of a thousand with which the connection is reset.
    public var resetPermille = 0
    /// Pieces of a thousand of which a byte is changed.
    public var garblePermille = 0

    /// Streams that are only cut into pieces and joined, as all are.
    public init() {}
}
