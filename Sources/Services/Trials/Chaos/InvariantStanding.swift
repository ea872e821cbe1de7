/// What is known of one invariant after a run.
public struct InvariantStanding: Hashable, Sendable, Codable {
    /// What is known.
    public enum Standing: String, Hashable, Sendable, Codable {
        /// Situations were seen in which it could have broken, and it did not.
        case held
        /// It broke.
        case broken
        /// No such situation was seen.
        case unknown
        /// It is judged by other means than this run.
        case elsewhere
    }

    /// Its number and words.
    public let invariant: String
    /// What is known.
    public let standing: Standing
    /// How often situations were seen that it is about.
    public let seenCount: Int

    /// What is judged where reviewers and authors change places, and where all calls are seen.
    static let judgedElsewhere = [4, 5, 15]

    /// All invariants after what was found and seen.
    static func all(_ findings: [Finding], _ occurrences: [String: Int]) -> [Self] {
        Invariant.all.map { invariant in
            let number = Self.number(of: invariant)
            let seen = occurrences.filter { Occurrence.numbers(of: $0.key).contains(number ?? 0) }
                .reduce(0) { $0 + $1.value }
            let isBroken = findings.contains { Self.number(of: $0.invariant) == number }
            let isElsewhere = number.map(judgedElsewhere.contains) ?? false
            let standing: Standing =
                isBroken ? .broken : isElsewhere ? .elsewhere : seen > 0 ? .held : .unknown
            return Self(invariant: invariant, standing: standing, seenCount: seen)
        }
    }

    /// The number that an invariant's name begins with, after the `L` of those about the end.
    static func number(of invariant: String) -> Int? {
        let words = invariant.split(separator: " ").drop { $0 == "L" }
        return words.first.flatMap { Int($0) }
    }
}

extension Invariant {
    /// All, by their numbers.
    static let all = [
        noLoss, noPhantoms, oneEffect, authorsSeeNoReviewers, reviewersSeeNoAuthors, confidential,
        conflictEnds, deadline, extensionStays, assignmentBounds, reviewsBelong, atomicRelease,
        signedOut, authorised, routing, notified, conservation, register, complete, recovered,
    ]
}
