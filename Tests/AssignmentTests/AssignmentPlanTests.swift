import Testing

@testable import Assignment

/// A plan has the greatest value of all that are allowed.
struct AssignmentPlanTests {
    @Test(arguments: 0..<10)
    func `no other plan is worth more, and none exists where none is found`(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        var outcomes = (plans: 0, obstacles: 0)
        for _ in 0..<500 {
            let problem = try random.smallProblem()
            let greatest = ExhaustiveSearch.greatestValue(of: problem)
            do throws(AssignmentObstacle) {
                let plan = try problem.solve()
                outcomes.plans += 1
                #expect(plan.totalValue == greatest, "\(problem)")
                #expect(PlanJudge.isAllowed(plan, of: problem), "\(problem)")
                #expect(PlanJudge(plan, of: problem).isOptimal, "\(problem)")
            } catch {
                outcomes.obstacles += 1
                #expect(greatest == nil, "\(problem)")
                #expect(ObstacleJudge.isProof(error, of: problem), "\(error) \(problem)")
            }
        }
        #expect(min(outcomes.plans, outcomes.obstacles) > 50)
    }

    @Test(arguments: [-3...3, -1_000_000...1_000_000, 1_000_000...1_000_000, 0...1])
    func `a plan for hundreds of submissions leaves no exchange that gains`(
        values: ClosedRange<Int>
    ) throws {
        var random = SplitMix64(seed: 7)
        let problem = try random.largeProblem(
            demands: (0..<600).map { _ in random.below(5) },
            loads: (0..<400).map { _ in random.below(8) }, candidateCount: 30, values: values)
        let plan = try problem.solve()
        #expect(PlanJudge.isAllowed(plan, of: problem))
        #expect(PlanJudge(plan, of: problem).isOptimal)
    }

    @Test func `a plan that an exchange would better is not taken for the best`() throws {
        let best = try problem(
            demands: [1, 1], loads: [1, 1], [(0, 0, 5), (0, 1, 3), (1, 0, 4), (1, 1, 1)])
        let worse = AssignmentPlan([best.candidates[0], best.candidates[3]])
        #expect(PlanJudge.isAllowed(worse, of: best))
        #expect(!PlanJudge(worse, of: best).isOptimal)
        #expect(try best.solve() == AssignmentPlan([best.candidates[1], best.candidates[2]]))
    }

    @Test func `who needs nothing gets nothing, however much it would be worth`() throws {
        let most = AssignmentProblem.valueRange.upperBound
        let idle = try problem(demands: [0], loads: [1], [(0, 0, most)])
        #expect(try idle.solve() == AssignmentPlan([]))
        let one = try problem(
            demands: [1, 0], loads: [2, 2], [(0, 0, most), (0, 1, most), (1, 0, most)])
        let plan = try one.solve()
        #expect(plan.pairs.count == 1)
        #expect(plan.totalValue == most)
    }

    @Test func `nobody and nothing make an empty plan`() throws {
        #expect(try problem(demands: [], loads: [], []).solve() == AssignmentPlan([]))
        #expect(try problem(demands: [], loads: [3], []).solve() == AssignmentPlan([]))
        #expect(try problem(demands: [0], loads: [], []).solve() == AssignmentPlan([]))
    }

    @Test func `a demand is met even by what is worth least`() throws {
        let least = AssignmentProblem.valueRange.lowerBound
        let plan = try problem(demands: [2], loads: [1, 1], [(0, 0, least), (0, 1, least)]).solve()
        #expect(plan.pairs.map(\.reviewer) == [0, 1])
        #expect(plan.totalValue == 2 * least)
    }

    @Test func `the longest and dearest detour is taken when a demand needs it`() throws {
        let range = AssignmentProblem.valueRange
        let count = 300
        // Everybody would stay where they are worth most, but the last has the first reviewer only.
        var listed: [Listed] = [(count, 0, range.lowerBound)]
        for submission in 0..<count {
            listed.append((submission, submission, range.upperBound))
            listed.append((submission, submission + 1, range.lowerBound))
        }
        let chain = try problem(
            demands: Array(repeating: 1, count: count + 1),
            loads: Array(repeating: 1, count: count + 1), listed)
        let plan = try chain.solve()
        #expect(plan.totalValue == (count + 1) * range.lowerBound)
    }

    @Test(arguments: 0..<5)
    func `the order in which candidates are listed changes nothing`(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        for values in [0...0, 0...1, -1_000_000...1_000_000] {
            let first = try random.largeProblem(
                demands: Array(repeating: 2, count: 40), loads: Array(repeating: 4, count: 25),
                candidateCount: 8, values: values)
            let again = try AssignmentProblem(
                reviewersPerSubmission: first.reviewersPerSubmission,
                loadMaximums: first.loadMaximums,
                candidates: first.candidates.shuffled(using: &random))
            #expect(first == again)
            #expect(try first.solve() == again.solve())
        }
    }
}
