/// Drops from a sequence what a difference does not need.
struct Shrinker {
    /// Sequences that are played to shrink one.
    let attemptCountMaximum: Int

    private var attemptCount = 0

    init(attemptCountMaximum: Int) { self.attemptCountMaximum = attemptCountMaximum }

    /// The shortest part of `positions` that was found for which `stays` holds, as it does for
    /// all of them. Halves are dropped first, then smaller and smaller pieces.
    mutating func shrink(
        _ positions: [Int], while stays: ([Int]) async throws -> Bool
    ) async throws -> [Int] {
        var (kept, size) = (positions, max(1, positions.count / 2))
        while true {
            var (start, isShorter) = (0, false)
            while start < kept.count, attemptCount < attemptCountMaximum {
                attemptCount += 1
                let rest = Array(kept[..<start] + kept[min(start + size, kept.count)...])
                if try await stays(rest) {
                    (kept, isShorter) = (rest, true)
                } else {
                    start += size
                }
            }
            guard attemptCount < attemptCountMaximum, size > 1 || isShorter else {
                return kept
            }
            size = max(1, size / 2)
        }
    }
}
