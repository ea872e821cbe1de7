import Assignment
import Testing

/// Who asks for too much is told what is in the way.
struct AssignmentObstacleTests {
    @Test func `a submission with too few candidates is named, the first if there are several`()
        throws
    {
        let short = try problem(
            demands: [1, 3, 2], loads: [9, 9], [(0, 0, 1), (1, 0, 1), (1, 1, 1)])
        #expect(throws: AssignmentObstacle.tooFewCandidates(submission: 1, needed: 3, available: 2))
        {
            try short.solve()
        }
    }

    @Test func `a candidate who takes nothing is not available`() throws {
        let short = try problem(demands: [2], loads: [1, 0], [(0, 0, 1), (0, 1, 1)])
        #expect(throws: AssignmentObstacle.tooFewCandidates(submission: 0, needed: 2, available: 1))
        {
            try short.solve()
        }
    }

    @Test func `a demand beyond all numbers is refused, not counted`() throws {
        let short = try problem(demands: [1, .max, .max], loads: [.max], [(0, 0, 1)])
        let expected = AssignmentObstacle.tooFewCandidates(
            submission: 1, needed: .max, available: 0)
        #expect(throws: expected) { try short.solve() }
    }

    @Test func `submissions that want one reviewer are named with them, and nobody else`() throws {
        let crowded = try problem(
            demands: [1, 1, 1, 1], loads: [5, 2, 0],
            [(0, 0, 1), (1, 1, 1), (2, 1, 1), (3, 1, 1), (3, 2, 9)])
        let obstacle = #expect(throws: AssignmentObstacle.self) { try crowded.solve() }
        guard case .tooLittleCapacity(let shortage)? = obstacle else {
            Issue.record("\(String(describing: obstacle))")
            return
        }
        #expect(shortage.submissions == [1, 2, 3])
        #expect(shortage.needed == 3)
        #expect(shortage.reviewers == [1, 2])
        #expect(shortage.capacity == 2)
        #expect(shortage.otherPairCount == 0)
    }

    @Test func `a reviewer who could take more is still one reviewer of a submission`() throws {
        let crowded = try problem(
            demands: [2, 2], loads: [9, 1], [(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1)])
        let obstacle = #expect(throws: AssignmentObstacle.self) { try crowded.solve() }
        guard case .tooLittleCapacity(let shortage)? = obstacle else {
            Issue.record("\(String(describing: obstacle))")
            return
        }
        #expect(shortage.submissions == [0, 1])
        #expect(shortage.reviewers == [1])
        #expect(shortage.needed == 4)
        #expect(shortage.capacity + shortage.otherPairCount == 3)
    }

    @Test(arguments: 0..<20)
    func `among hundreds of submissions what is named is a proof`(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let demands = (0..<200).map { _ in random.below(4) }
        let loads = (0..<100).map { _ in random.below(4) }
        let problem = try random.largeProblem(
            demands: demands, loads: loads, candidateCount: 12, values: -9...9)
        let obstacle = try #require(throws: AssignmentObstacle.self) { try problem.solve() }
        #expect(ObstacleJudge.isProof(obstacle, of: problem))
        let shuffled = try AssignmentProblem(
            reviewersPerSubmission: demands, loadMaximums: loads,
            candidates: problem.candidates.shuffled(using: &random))
        #expect(throws: obstacle) { try shuffled.solve() }
    }
}
