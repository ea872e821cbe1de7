import CLemon

/// A problem as a network: reviews flow from reviewers to submissions.
///
/// One more node, the gap, can supply every submission at a price beyond that of any detour. So
/// there is always a flow, and where the cheapest one uses the gap there is no plan. Arcs are in
/// the order of the candidates, followed by one from the gap to each submission.
///
/// Costs are above 0, so no cheapest flow gives a submission more than it needs; as each plan has
/// the same number of pairs, the same amount added to each cost changes no order among plans.
struct AssignmentNetwork {
    private var supplies: [Int32] = []
    private var sources: [Int32] = []
    private var targets: [Int32] = []
    private var capacities: [Int32] = []
    private var costs: [Int64] = []

    /// Takes a problem in which each submission has candidates enough for itself.
    init(_ problem: AssignmentProblem) {
        addNodes(of: problem)
        let arcCount = problem.candidates.count + problem.reviewersPerSubmission.count
        sources.reserveCapacity(arcCount)
        targets.reserveCapacity(arcCount)
        capacities.reserveCapacity(arcCount)
        costs.reserveCapacity(arcCount)
        let firstSubmission = problem.loadMaximums.count
        for candidate in problem.candidates {
            addArc(
                from: candidate.reviewer, to: firstSubmission + candidate.submission, capacity: 1,
                cost: AssignmentProblem.valueRange.upperBound - candidate.value + 1)
        }
        // A detour that saves a unit from the gap adds one candidate per submission at most.
        let detourCostMaximum =
            problem.reviewersPerSubmission.count * AssignmentProblem.valueRange.count
        for (submission, needed) in problem.reviewersPerSubmission.enumerated() {
            addArc(
                from: supplies.count - 1, to: firstSubmission + submission, capacity: needed,
                cost: detourCostMaximum + 1)
        }
    }

    /// How much flows on each arc at the least cost.
    func leastCostFlow() -> [Int32] {
        var network = clemon_network()
        network.node_count = Int32(supplies.count)
        network.arc_count = Int32(sources.count)
        return Array(unsafeUninitializedCapacity: sources.count) { flows, count in
            withPointers(&network) { network in
                let isMet = clemon_least_cost_flow(&network, flows.baseAddress)
                precondition(isMet, "the gap can supply every submission")
            }
            count = sources.count
        }
    }

    /// Fills in the pointers, which hold as long as `body` runs.
    private func withPointers(
        _ network: inout clemon_network, _ body: (inout clemon_network) -> Void
    ) {
        supplies.withUnsafeBufferPointer { supplies in
            sources.withUnsafeBufferPointer { sources in
                targets.withUnsafeBufferPointer { targets in
                    capacities.withUnsafeBufferPointer { capacities in
                        costs.withUnsafeBufferPointer { costs in
                            network.supplies = supplies.baseAddress
                            network.sources = sources.baseAddress
                            network.targets = targets.baseAddress
                            network.capacities = capacities.baseAddress
                            network.costs = costs.baseAddress
                            body(&network)
                        }
                    }
                }
            }
        }
    }

    /// Reviewers first, then submissions, then the gap.
    private mutating func addNodes(of problem: AssignmentProblem) {
        // No more than a reviewer's candidates: the sum then stays far from the largest Int32.
        var supplies = Array(repeating: 0, count: problem.loadMaximums.count)
        for candidate in problem.candidates { supplies[candidate.reviewer] += 1 }
        for (reviewer, loadMaximum) in problem.loadMaximums.enumerated() {
            supplies[reviewer] = min(supplies[reviewer], loadMaximum)
        }
        supplies += problem.reviewersPerSubmission.map { -$0 }
        supplies.append(problem.reviewersPerSubmission.reduce(0, +))
        self.supplies = supplies.map(Int32.init)
    }

    private mutating func addArc(from source: Int, to target: Int, capacity: Int, cost: Int) {
        sources.append(Int32(source))
        targets.append(Int32(target))
        capacities.append(Int32(capacity))
        costs.append(Int64(cost))
    }
}
