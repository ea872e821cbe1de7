import Assignment
import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

/// All that one assignment of a whole conference is made from, and what becomes of it.
struct AssignmentRound {
    let conference: ConferenceView
    /// Those that are judged, in the order of their numbers.
    let submissions: [AssignableSubmission]
    /// In the order of the committee, which says nothing about them: of plans that are equally
    /// good, it decides.
    let members: [MemberView]
    private let dossiers: [SubmissionID: Versioned<DossierRecord>]
    private let bids: [String: Bid]

    /// Submissions and members of one round: its dossiers and notifications fit into one commit.
    static let sizeMaximum = 900

    init(
        _ conference: ConferenceView, service: ReviewProcessService, _ context: CallContext
    ) async throws {
        self.conference = conference
        let roster = Roster(service: service, context)
        members = try await roster.members(of: conference.id)
        submissions = try await roster.submissions(of: conference.id)
            .filter { $0.status == .submitted }
        guard !submissions.isEmpty else {
            throw Refusal(ReviewProcessRefusal.nothingToAssign)
        }
        guard submissions.count + members.count <= Self.sizeMaximum else {
            throw Refusal(
                ReviewProcessRefusal.tooManySubmissions,
                ["submissions": "\(submissions.count)", "most": "\(Self.sizeMaximum)"])
        }
        dossiers = try await roster.dossiers(of: submissions)
        bids = try await roster.bids(of: conference.id)
    }

    /// The assignments of a submission that stay.
    private func kept(_ submission: SubmissionID) -> [DossierRecord.Assignment] {
        (dossiers[submission]?.value.assignments ?? []).filter(\.isBegun)
    }

    func problem() throws(AssignmentFlaw) -> AssignmentProblem {
        let wanted = conference.settings.reviewersPerSubmission
        var loads: [AccountID: Int] = [:]
        for assignment in submissions.flatMap({ kept($0.submission) }) {
            loads[assignment.account, default: 0] += 1
        }
        var candidates: [AssignmentProblem.Candidate] = []
        for (row, submission) in submissions.enumerated() {
            for (column, member) in members.enumerated()
            where isEligible(member, for: submission) {
                let id = BidRecord.id(submission.submission, member.account)
                candidates.append(
                    .init(submission: row, reviewer: column, value: bids[id]?.rawValue ?? 0))
            }
        }
        return try AssignmentProblem(
            reviewersPerSubmission: submissions.map {
                max(0, wanted - kept($0.submission).count)
            },
            loadMaximums: members.map {
                max(0, conference.settings.loadMaximum - (loads[$0.account] ?? 0))
            },
            candidates: candidates)
    }

    /// Authors and conflicted people are impossible, and so is who reviews it already.
    private func isEligible(
        _ member: MemberView, for submission: AssignableSubmission
    ) -> Bool {
        let conflicts = dossiers[submission.submission]?.value.conflicts ?? []
        return Set(member.addresses ?? []).isDisjoint(with: submission.authors)
            && !submission.conflicts.contains(member.account)
            && !conflicts.contains(member.account)
            && !kept(submission.submission).contains { $0.account == member.account }
    }

    func refusal(for obstacle: AssignmentObstacle) -> Refusal<ReviewProcessRefusal> {
        switch obstacle {
        case .tooFewCandidates(let row, let needed, let available):
            return Refusal(
                .tooFewReviewers,
                [
                    "number": "\(submissions[row].number)", "needed": "\(needed)",
                    "available": "\(available)",
                ])
        case .tooLittleCapacity(let shortage):
            return Refusal(
                .tooLittleCapacity,
                [
                    "submissions": "\(shortage.submissions.count)",
                    "needed": "\(shortage.needed)",
                    "reviewers": "\(shortage.reviewers.count)",
                    "capacity": "\(shortage.capacity + shortage.otherPairCount)",
                ])
        }
    }

    /// What is written when a plan is carried out.
    struct Outcome {
        var changes: [(read: Versioned<DossierRecord>?, dossier: DossierRecord)] = []
        var loads: [String: Int] = [:]
        /// How many new submissions people have.
        var news: [AccountID: Int] = [:]
    }

    func outcome(of plan: AssignmentPlan, random: any RandomSource) -> Outcome {
        var outcome = Outcome()
        let pairs = Dictionary(grouping: plan.pairs, by: \.submission)
        for (row, submission) in submissions.enumerated() {
            let read = dossiers[submission.submission]
            var dossier =
                read?.value
                ?? DossierRecord(
                    submission: submission.submission, conference: conference.id,
                    number: submission.number)
            let before = dossier.assignments
            dossier.assignments = kept(submission.submission)
            for pair in pairs[row] ?? [] {
                let account = members[pair.reviewer].account
                let known = before.first { $0.account == account }
                if known == nil { outcome.news[account, default: 0] += 1 }
                dossier.assignments.append(
                    known ?? .init(account: account, review: ReviewID(random, for: "review id")))
            }
            for assignment in dossier.assignments {
                outcome.loads[assignment.account.text, default: 0] += 1
            }
            outcome.changes.append((read, dossier))
        }
        return outcome
    }
}
