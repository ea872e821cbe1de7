import Platform

/// A stream of chance that a seed decides: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
struct SeededChance: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A whole number in `0..<bound`.
    mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0 && bound <= 1 << 31, "a bound is between 1 and 2³¹")
        return Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }

    mutating func chance(percent: Int) -> Bool { below(100) < percent }

    /// A duration in a range, in steps of a millisecond.
    mutating func duration(in range: ClosedRange<Duration>) -> Duration {
        let (low, high) = (range.lowerBound.milliseconds, range.upperBound.milliseconds)
        return .milliseconds(low + Int64(below(Int(high - low) + 1)))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for index in elements.indices.dropFirst().reversed() {
            elements.swapAt(index, below(index + 1))
        }
        return elements
    }
}
