/// Plays drawn sequences on all parts of a component and compares what they answer.
struct Comparison<Subject: Component>: Sendable {
    /// How often a difference must be seen again: one that comes from a late answer of a busy
    /// machine does not come three times.
    private static var confirmationCount: Int { 2 }

    let subject: Subject
    /// Is told what takes long.
    var progress: @Sendable (String) -> Void = { _ in }

    /// Compares over sequences of consecutive seeds with `operationCount` operations in all; the
    /// report has what differed in the order of the seeds.
    func run(_ request: ComparisonRequest) async throws -> ComparisonReport {
        let board = ComparisonBoard(ComparisonReport(Subject.self), request, Subject.sequenceLength)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<min(subject.laneCount, board.sequenceCount) {
                group.addTask { try await playSequences(of: board, in: lane) }
            }
            try await group.waitForAll()
        }
        return board.report
    }

    /// Plays one sequence after the other until there is none left.
    private func playSequences(of board: ComparisonBoard, in lane: Int) async throws {
        let parts = subject.parts(in: lane)
        while let (seed, positions) = board.takeSequence() {
            let (answers, difference) = try await compare(parts, positions, seed: seed)
            if let line = board.note(answers) { progress(line) }
            guard let difference else { continue }
            progress(
                "\(Subject.name.rawValue), seed \(seed): \(difference.part) differs, "
                    + "shrinking … \(difference)")
            board.note(
                difference, seed: seed, try await shrunk(parts, difference, positions, seed: seed))
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
        _ parts: [Part<Subject.Operation>], _ positions: [Int], seed: UInt64
    ) async throws -> ([Answer], Difference?) {
        let operations = operations(positions, seed: seed)
        let expected = try await parts[0].play(operations)
        precondition(expected.count == operations.count, "each operation has an answer")
        for part in parts.dropFirst() {
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
        _ parts: [Part<Subject.Operation>], _ difference: Difference, _ positions: [Int],
        seed: UInt64
    ) async throws -> ShrunkDifference? {
        guard try await confirmed(parts, positions, seed: seed) != nil else { return nil }
        var shrinker = Shrinker(attemptCountMaximum: Subject.shrinkingCountMaximum)
        let begin = Array(positions[...difference.position])
        let whole = try await confirmed(parts, begin, seed: seed) == nil ? positions : begin
        var kept = try await shrinker.shrink(whole) { rest in
            guard !rest.isEmpty else { return false }
            return try await compare(parts, rest, seed: seed).1 != nil
        }
        var last = try await confirmed(parts, kept, seed: seed)
        if last == nil {
            // A late answer misled the shrinking.
            kept = whole
            last = try await confirmed(parts, kept, seed: seed)
        }
        return ShrunkDifference(
            seed: seed, positions: kept,
            operations: operations(kept, seed: seed).map(\.description),
            difference: last ?? difference, sequenceLength: positions.count)
    }

    /// A difference that is seen each time.
    private func confirmed(
        _ parts: [Part<Subject.Operation>], _ positions: [Int], seed: UInt64
    ) async throws -> Difference? {
        var last: Difference?
        for _ in 0..<Self.confirmationCount {
            last = try await compare(parts, positions, seed: seed).1
            if last == nil { return nil }
        }
        return last
    }
}
