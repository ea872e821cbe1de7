import Platform

/// The system's cryptographic generator; every purpose draws from it.
public struct SystemRandom: RandomSource {
    /// A source; it has no state of its own.
    public init() {}

    public func next(_ purpose: RandomPurpose) -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
