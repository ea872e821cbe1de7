/// A node's source of chance, split by purpose.
///
/// Each purpose draws from a stream of its own, so that one more draw for one purpose changes
/// no other: what a simulation replays and shrinks depends on it.
public protocol RandomSource: Sendable {
    /// The next 64 random bits of the stream named `purpose`.
    ///
    /// On a real node the bits come from the system's cryptographic generator.
    func next(_ purpose: RandomPurpose) -> UInt64
}

/// The name of a stream of chance.
public struct RandomPurpose: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The purpose's name, stable between releases.
    public let name: String

    /// Names a purpose.
    public init(_ name: String) { self.name = name }

    /// Names a purpose by a literal.
    public init(stringLiteral value: String) { name = value }
}

extension RandomSource {
    /// `count` random bytes.
    public func bytes(_ count: Int, for purpose: RandomPurpose) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            var word = next(purpose)
            for _ in 0..<min(8, count - bytes.count) {
                bytes.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
            }
        }
        return bytes
    }

    /// A whole number in `0..<bound`, uniform to within 2⁻³² of each value.
    public func below(_ bound: Int, for purpose: RandomPurpose) -> Int {
        precondition(bound > 0 && bound <= 1 << 31, "a bound is between 1 and 2³¹")
        return Int(((next(purpose) >> 32) &* UInt64(bound)) >> 32)
    }

    /// A duration in `0..<bound`, in steps of a microsecond.
    public func duration(below bound: Duration, for purpose: RandomPurpose) -> Duration {
        let microseconds = bound.milliseconds * 1000
        return .microseconds(below(Int(min(max(1, microseconds), 1 << 31)), for: purpose))
    }
}
