import PeerReview
import StarchairAPI

extension ConferenceInvariants {
    /// Whoever was acknowledged to be conflicted reads nothing and reviews nothing.
    func conflicts() -> [Finding] {
        let declared = all { operation -> (SubmissionID, AccountID)? in
            guard case .declareConflict(let id, let account) = operation else { return nil }
            return (id, account)
        }.filter { $0.entry.outcome == .done }
        return declared.flatMap { entry, pair -> [Finding] in
            let (submission, account) = pair
            var findings: [Finding] = []
            if rest.process(of: submission)?.pcMembers?.contains(account) == true {
                findings.append(
                    Finding(Invariant.conflictEnds, "\(account) still reviews \(submission)"))
            }
            let end = entry.ended ?? .zero
            for later in entries
            where later.begun > end && self.account(of: later.person) == account {
                if case .submissions(let ids) = later.outcome, ids.contains(submission) {
                    findings.append(
                        Finding(
                            Invariant.confidential,
                            "\(later.person) found \(submission) in a list"))
                }
                if case .process(let view) = later.outcome, view.draftId == submission {
                    findings.append(
                        Finding(Invariant.conflictEnds, "\(later.person) read \(submission)"))
                }
            }
            return findings
        }
    }

    /// Loads, numbers and who may review at all.
    func assignments() -> [Finding] {
        var findings: [Finding] = []
        var loads: [AccountID: Int] = [:]
        let hasRun = entries.contains {
            if case .assignAll = $0.operation { $0.outcome == .done } else { false }
        }
        for process in rest.processes {
            let reviewers = process.pcMembers ?? []
            for reviewer in reviewers { loads[reviewer, default: 0] += 1 }
            if Set(reviewers).count < reviewers.count {
                findings.append(
                    Finding(Invariant.assignmentBounds, "#\(process.number): somebody twice"))
            }
            let wanted = reviewersPerSubmission
            let isTouched = isTouched(process.draftId)
            if reviewers.count > wanted || (hasRun && !isTouched && reviewers.count < wanted) {
                findings.append(
                    Finding(
                        Invariant.assignmentBounds,
                        "#\(process.number) has \(reviewers.count) reviewers, not \(wanted)"))
            }
            for author in authors(of: process.draftId) where reviewers.contains(author) {
                findings.append(
                    Finding(Invariant.assignmentBounds, "#\(process.number): by its author"))
            }
        }
        let most = rest.conference.settings.loadMaximum
        for (reviewer, load) in loads.sorted(by: { $0.key < $1.key }) where load > most {
            findings.append(
                Finding(Invariant.assignmentBounds, "\(reviewer) has \(load), \(most) at most"))
        }
        return findings
    }

    /// Whether an assignment of the submission may have ended since it was made.
    private func isTouched(_ submission: SubmissionID) -> Bool {
        entries.contains { entry in
            if case .refused = entry.outcome { return false }
            switch entry.operation {
            case .decline(submission), .declareConflict(submission, _): return true
            default: return false
            }
        }
    }

    /// The accounts of people who are authors by their address.
    private func authors(of submission: SubmissionID) -> [AccountID] {
        let addresses =
            rest.submissions.first { $0.id == submission }?.authors?
            .map(\.email.text) ?? []
        return rest.accounts.filter { addresses.contains("\($0.key)@example.org") }
            .map(\.value).sorted()
    }

    /// Everybody who was told to have joined has joined.
    func committee() -> [Finding] {
        let accepted = all { operation -> CommitteeRole? in
            guard case .accept(_, let role) = operation else { return nil }
            return role
        }.filter { $0.entry.outcome == .done }
        return accepted.compactMap { entry, role in
            guard let account = account(of: entry.person) else { return nil }
            let isIn =
                switch role {
                case .member: rest.members.contains { $0.account == account }
                case .chair: rest.conference.chairman.contains(account)
                }
            return isIn ? nil : Finding(Invariant.complete, "\(entry.person) has not joined")
        }
    }
}
