/// Plays drawn sequences on all parts of a component and compares what they answer.
struct Comparison<Subject: Component>: Sendable {
    /// How often a difference must be seen again: one that comes from a late answer of a busy
    /// machine does not come three times.
    private static var confirmationCount: Int { 2 }

    let subject: Subject
    /// Is told what takes long.
    var progress: @Sendable (String) -> Void = { _ in }

    /// What one sequence came to.
    private struct Outcome: Sendable {
        let seed: UInt64
        let answers: [Answer]
        let difference: Difference?
    }

    /// Compares over sequences of consecutive seeds with `operationCount` operations in all.
    func run(_ request: ComparisonRequest) async throws -> ComparisonReport {
        var report = ComparisonReport(Subject.self)
        let sizes = request.sequenceSizes(length: Subject.sequenceLength)
        var next = 0
        while next < sizes.count, report.differences.count < request.differenceCountMaximum {
            let batch = next..<min(next + Subject.concurrency, sizes.count)
            for outcome in try await play(batch, sizes, request) {
                report.tally.add(outcome.answers)
                guard let difference = outcome.difference,
                    report.differences.count < request.differenceCountMaximum
                else { continue }
                progress(
                    "\(Subject.name.rawValue), seed \(outcome.seed): \(difference.part) differs, "
                        + "shrinking … \(difference)")
                let positions =
                    request.positions ?? Array(0..<sizes[Int(outcome.seed &- request.seed)])
                if let shrunk = try await shrunk(difference, positions, seed: outcome.seed) {
                    report.differences.append(shrunk)
                } else {
                    report.unrepeated.append((outcome.seed, difference))
                }
            }
            next = batch.upperBound
        }
        return report
    }

    private func play(
        _ batch: Range<Int>, _ sizes: [Int], _ request: ComparisonRequest
    ) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            for index in batch {
                let seed = request.seed &+ UInt64(index)
                let positions = request.positions ?? Array(0..<sizes[index])
                group.addTask {
                    let (answers, difference) = try await compare(positions, seed: seed)
                    return Outcome(seed: seed, answers: answers, difference: difference)
                }
            }
            var outcomes: [Outcome] = []
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.seed < $1.seed }
        }
    }

    /// The operations at these positions of the sequence that a seed draws.
    private func operations(_ positions: [Int], seed: UInt64) -> [Subject.Operation] {
        var draw = Draw(seed: seed)
        let all = (0...(positions.max() ?? 0)).map { _ in Subject.draw(&draw) }
        return positions.map { all[$0] }
    }

    /// The real part's answers, and the first that another part gave differently.
    private func compare(
        _ positions: [Int], seed: UInt64
    ) async throws -> ([Answer], Difference?) {
        let operations = operations(positions, seed: seed)
        let expected = try await subject.parts[0].play(operations)
        precondition(expected.count == operations.count, "each operation has an answer")
        for part in subject.parts.dropFirst() {
            let found = try await part.play(operations)
            precondition(found.count == operations.count, "each operation has an answer")
            for position in operations.indices where found[position] != expected[position] {
                let difference = Difference(
                    position: position, operation: "\(operations[position])", part: part.name,
                    expected: expected[position], found: found[position])
                return (expected, difference)
            }
        }
        return (expected, nil)
    }

    /// The difference with what it needs; nil when it does not come again.
    private func shrunk(
        _ difference: Difference, _ positions: [Int], seed: UInt64
    ) async throws -> ShrunkDifference? {
        guard try await confirmed(positions, seed: seed) != nil else { return nil }
        var shrinker = Shrinker(attemptCountMaximum: Subject.shrinkingCountMaximum)
        let begin = Array(positions[...difference.position])
        let whole = try await confirmed(begin, seed: seed) == nil ? positions : begin
        var kept = try await shrinker.shrink(whole) { rest in
            guard !rest.isEmpty else { return false }
            return try await compare(rest, seed: seed).1 != nil
        }
        var last = try await confirmed(kept, seed: seed)
        if last == nil {
            // A late answer misled the shrinking.
            kept = whole
            last = try await confirmed(kept, seed: seed)
        }
        return ShrunkDifference(
            seed: seed, positions: kept,
            operations: operations(kept, seed: seed).map(\.description),
            difference: last ?? difference, sequenceLength: positions.count)
    }

    /// A difference that is seen each time.
    private func confirmed(_ positions: [Int], seed: UInt64) async throws -> Difference? {
        var last: Difference?
        for _ in 0..<Self.confirmationCount {
            last = try await compare(positions, seed: seed).1
            if last == nil { return nil }
        }
        return last
    }
}
