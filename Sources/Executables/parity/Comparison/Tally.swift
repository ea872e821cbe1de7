/// How often each operation had which outcome, by the real part.
struct Tally: Sendable {
    private(set) var counts: [String: [String: Int]] = [:]
    private(set) var operationCount = 0
    private(set) var sequenceCount = 0

    mutating func add(_ answers: [Answer]) {
        sequenceCount += 1
        operationCount += answers.count
        for answer in answers {
            counts[answer.operation, default: [:]][answer.outcome, default: 0] += 1
        }
    }

    func count(_ operation: String, _ outcome: String) -> Int { counts[operation]?[outcome] ?? 0 }
}
