import Testing

@testable import parity

/// What is left of a sequence, without any part to play it on.
@Suite struct ShrinkerTests {
    @Test(arguments: [[0], [3, 7], [0, 1, 2, 98, 99], []])
    func `what a difference needs stays, and nothing else`(_ needed: [Int]) async throws {
        var shrinker = Shrinker(attemptCountMaximum: 200)
        let kept = try await shrinker.shrink(Array(0..<100)) { rest in
            Set(needed).isSubset(of: rest)
        }
        #expect(kept == needed || needed.isEmpty)
        #expect(kept.count <= max(1, needed.count))
    }

    @Test func `it gives up after a bounded number of attempts`() async throws {
        var (shrinker, count) = (Shrinker(attemptCountMaximum: 20), 0)
        let kept = try await shrinker.shrink(Array(0..<1000)) { rest in
            count += 1
            return rest.contains { $0 % 2 == 1 } && rest.count % 7 == 0
        }
        #expect(count == 20)
        #expect(!kept.isEmpty)
    }
}
