/// How much is compared, and from where.
struct ComparisonRequest: Sendable {
    var operationCount: Int
    /// The seed of the first sequence; each further one has the next.
    var seed: UInt64
    /// The operations of the one sequence that are played; nil for all of all.
    var positions: [Int]?
    /// Sequences with a difference after which no further one is drawn.
    var differenceCountMaximum = 3

    /// How many operations each sequence has.
    func sequenceSizes(length: Int) -> [Int] {
        if let positions { return [positions.count] }
        let (whole, rest) = operationCount.quotientAndRemainder(dividingBy: length)
        return Array(repeating: length, count: whole) + (rest > 0 ? [rest] : [])
    }
}
