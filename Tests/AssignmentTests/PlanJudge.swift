@testable import Assignment

/// What holds of a plan, seen from the problem alone.
struct PlanJudge {
    let problem: AssignmentProblem
    let pairs: Set<AssignmentPlan.Pair>

    init(_ plan: AssignmentPlan, of problem: AssignmentProblem) {
        self.problem = problem
        pairs = Set(plan.pairs)
    }

    /// Whether a plan is in order, adds up, and keeps to demands, loads and candidates.
    static func isAllowed(_ plan: AssignmentPlan, of problem: AssignmentProblem) -> Bool {
        let judge = PlanJudge(plan, of: problem)
        let chosen = problem.candidates.filter(judge.isChosen)
        var demands = problem.reviewersPerSubmission
        var loads = problem.loadMaximums
        for candidate in chosen {
            demands[candidate.submission] -= 1
            loads[candidate.reviewer] -= 1
        }
        return demands.allSatisfy { $0 == 0 } && loads.allSatisfy { $0 >= 0 }
            && plan.pairs.map { [$0.submission, $0.reviewer] }
                == chosen.map { [$0.submission, $0.reviewer] }
            && plan.totalValue == chosen.map(\.value).reduce(0, +)
    }

    /// Whether no exchange along a cycle gains anything: then none at all does (Klein, 1967).
    ///
    /// It settles distances as Bellman and Ford do; a cycle that gains would never settle.
    var isOptimal: Bool {
        let exchanges = exchanges
        let nodeCount =
            problem.reviewersPerSubmission.count + problem.loadMaximums.count + 1
        var distances = Array(repeating: 0, count: nodeCount)
        for _ in 0..<nodeCount {
            var isSettled = true
            for exchange in exchanges
            where distances[exchange.from] + exchange.cost < distances[exchange.to] {
                distances[exchange.to] = distances[exchange.from] + exchange.cost
                isSettled = false
            }
            if isSettled { return true }
        }
        return false
    }

    /// Submissions come first, then reviewers, then the load that is left.
    private var exchanges: [(from: Int, to: Int, cost: Int)] {
        let firstReviewer = problem.reviewersPerSubmission.count
        let rest = firstReviewer + problem.loadMaximums.count
        var loads = problem.loadMaximums.map { _ in 0 }
        var exchanges: [(from: Int, to: Int, cost: Int)] = []
        for candidate in problem.candidates {
            let (submission, reviewer) = (candidate.submission, firstReviewer + candidate.reviewer)
            if isChosen(candidate) {
                loads[candidate.reviewer] += 1
                exchanges.append((reviewer, submission, candidate.value))
            } else {
                exchanges.append((submission, reviewer, -candidate.value))
            }
        }
        for (reviewer, load) in loads.enumerated() {
            if load > 0 { exchanges.append((rest, firstReviewer + reviewer, 0)) }
            if load < problem.loadMaximums[reviewer] {
                exchanges.append((firstReviewer + reviewer, rest, 0))
            }
        }
        return exchanges
    }

    private func isChosen(_ candidate: AssignmentProblem.Candidate) -> Bool {
        pairs.contains(.init(submission: candidate.submission, reviewer: candidate.reviewer))
    }
}
