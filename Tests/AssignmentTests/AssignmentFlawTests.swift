import Testing

@testable import Assignment

/// A problem that cannot be asked is refused with its flaw.
struct AssignmentFlawTests {
    @Test func `counts are taken up to their maximums and not beyond`() throws {
        let submissions = AssignmentProblem.submissionCountMaximum
        let reviewers = AssignmentProblem.reviewerCountMaximum
        let candidates = AssignmentProblem.candidateCountMaximum
        try AssignmentProblem.checkCounts(submissions, reviewers, candidates)
        #expect(throws: AssignmentFlaw.tooManySubmissions(count: submissions + 1)) {
            try AssignmentProblem.checkCounts(submissions + 1, reviewers, candidates)
        }
        #expect(throws: AssignmentFlaw.tooManyReviewers(count: reviewers + 1)) {
            try AssignmentProblem.checkCounts(submissions, reviewers + 1, candidates)
        }
        #expect(throws: AssignmentFlaw.tooManyCandidates(count: candidates + 1)) {
            try AssignmentProblem.checkCounts(submissions, reviewers, candidates + 1)
        }
    }

    @Test func `the counts of a problem are checked`() {
        let submissions = AssignmentProblem.submissionCountMaximum + 1
        expect(
            .tooManySubmissions(count: submissions),
            demands: Array(repeating: 0, count: submissions))
        let reviewers = AssignmentProblem.reviewerCountMaximum + 1
        expect(
            .tooManyReviewers(count: reviewers), loads: Array(repeating: 0, count: reviewers))
    }

    @Test func `a number below 0 is refused`() {
        expect(.negativeDemand(submission: 1), demands: [0, -1])
        expect(.negativeDemand(submission: 0), demands: [.min, -1])
        expect(.negativeLoadMaximum(reviewer: 1), loads: [0, -1])
    }

    @Test(arguments: [-1, 2, Int.min, Int.max])
    func `a candidate names a submission and a reviewer of the problem`(number: Int) {
        expect(.unknownSubmission(number), [(0, 0, 1), (number, 0, 1)])
        expect(.unknownReviewer(number), [(0, 0, 1), (0, number, 1)])
    }

    @Test func `values are taken up to their limits and not beyond`() throws {
        let range = AssignmentProblem.valueRange
        let atLimits = [(0, 0, range.lowerBound), (0, 1, range.upperBound)]
        _ = try problem(demands: [1, 1], loads: [1, 1], atLimits)
        for value in [range.lowerBound - 1, range.upperBound + 1, .min, .max] {
            expect(
                .valueOutOfRange(submission: 1, reviewer: 0, value: value),
                [(0, 0, 1), (1, 0, value)])
        }
    }

    @Test(arguments: [1, 2])
    func `a pair listed twice is refused, with one value or with two`(value: Int) {
        expect(
            .duplicateCandidate(submission: 0, reviewer: 1),
            [(0, 1, 1), (1, 1, 1), (0, 0, 1), (0, 1, value)])
    }

    private func expect(
        _ flaw: AssignmentFlaw, demands: [Int] = [1, 1], loads: [Int] = [1, 1],
        _ listed: [Listed] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: flaw, sourceLocation: sourceLocation) {
            try problem(demands: demands, loads: loads, listed)
        }
    }
}
