/// The first operation of a sequence to which two parts gave different answers.
struct Difference: Sendable {
    /// The operation's position in what was played.
    let position: Int
    let operation: String
    /// The part that differs from the real one.
    let part: String
    let expected: Answer
    let found: Answer
}

extension Difference: CustomStringConvertible {
    var description: String {
        "\(operation)\n    real: \(expected)\n    \(part): \(found)"
    }
}

/// A difference with the shortest sequence in which it was still seen.
struct ShrunkDifference: Sendable {
    let seed: UInt64
    /// The positions, in the sequence that the seed draws, of the operations that are left.
    let positions: [Int]
    let operations: [String]
    let difference: Difference
    /// How many operations the whole sequence has.
    let sequenceLength: Int
}
