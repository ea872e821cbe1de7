import BSON
import PeerReview
import Testing

/// The small values of a review, and what is none of them.
@Suite struct ReviewValueTests {
    private struct Holder<Value: Codable>: Codable {
        var value: Value
    }

    /// The value that a number on the wire stands for; nil when it is refused.
    private func read<Value: Codable>(_ number: Int, as type: Value.Type) throws -> Value? {
        let bytes = try BSONEncoder().encode(Holder(value: number))
        do {
            return try BSONDecoder().decode(Holder<Value>.self, from: bytes).value
        } catch is DecodingError {
            return nil
        }
    }

    @Test func `a score is one of four and never neutral`() throws {
        for number in -4...4 {
            let score = try read(number, as: Score.self)
            #expect(score?.rawValue == ([-2, -1, 1, 2].contains(number) ? number : nil))
        }
    }

    @Test func `a confidence is 1 to 5`() throws {
        for number in -1...7 {
            let confidence = try read(number, as: Confidence.self)
            #expect(confidence?.rawValue == ((1...5).contains(number) ? number : nil))
        }
    }

    @Test(arguments: [-21, -20, -19, -1, 0, 1, 19, 20, 21, Int.min, Int.max])
    func `a bid is -20 to 20`(number: Int) throws {
        let isBid = (-20...20).contains(number)
        #expect((Bid(rawValue: number) != nil) == isBid)
        #expect(try read(number, as: Bid.self)?.rawValue == (isBid ? number : nil))
    }

    @Test func `the names of decisions, conflicts and roles are those on the wire`() {
        #expect(Decision.allCases.map(\.rawValue) == ["accept", "reject"])
        #expect(
            ConflictKind.allCases.map(\.rawValue) == [
                "coauthor", "institution", "advisor", "family", "other",
            ])
        #expect(CommitteeRole.allCases.map(\.rawValue) == ["member", "chair"])
        #expect(
            Anonymity.allCases.map(\.rawValue) == [
                "open", "singleBlind", "doubleBlind", "tripleBlind",
            ])
    }

    @Test func `decisions are released after reviews`() {
        #expect(ReleaseStage.allCases == [.nothing, .reviews, .decisions])
        #expect(ReleaseStage.allCases.sorted() == ReleaseStage.allCases)
        #expect(ReleaseStage.allCases.map(\.rawValue) == [0, 1, 2])
    }

    @Test func `the words of reviews have limits of their own`() {
        let limits: [(TextRule, ClosedRange<Int>)] = [
            (.review, 1...20_000), (.remarks, 0...20_000), (.rebuttal, 1...10_000),
            (.post, 1...5_000), (.reason, 0...1_000),
        ]
        for (rule, range) in limits {
            let text = String(repeating: "é", count: range.upperBound)
            #expect(rule.accepts(text) && !rule.accepts(text + "x"))
            #expect(rule.accepts("") == (range.lowerBound == 0))
            #expect(rule.accepts("two\nlines") && !rule.accepts("a\u{0}b"))
        }
    }
}
