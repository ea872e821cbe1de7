import PeerReview
import StarchairAPI

extension ConferenceInvariants {
    /// What somebody was to a submission, and was told to be no longer.
    private struct Loss {
        var person: String
        var submission: SubmissionID
        var ended: Duration
    }

    /// Whoever was told to have lost a role is answered by it no longer than Δ; whatever the role
    /// was, nothing of the submission is shown and nothing accepted.
    func roles() -> [Finding] {
        let losses = losses
        return entries.compactMap { entry in
            guard entry.outcome.isDone, let loss = loss(before: entry, losses) else { return nil }
            return Finding(
                Invariant.authorised,
                "\(entry.person), \(entry.begun - loss.ended) after the loss of a role: "
                    + "\(entry.operation)")
        }
    }

    /// How often somebody asked by a role that had been lost for longer than Δ.
    public var lateAskCount: Int {
        let losses = losses
        return entries.count { loss(before: $0, losses) != nil }
    }

    /// The loss of a role, longer ago than Δ, by which an entry asks or is answered.
    private func loss(before entry: History.Entry, _ losses: [Loss]) -> Loss? {
        losses.first { loss in
            loss.person == entry.person && entry.begun > loss.ended + stalenessMaximum
                && isAbout(loss.submission, entry)
        }
    }

    private func isAbout(_ submission: SubmissionID, _ entry: History.Entry) -> Bool {
        switch entry.operation {
        case .spy(submission), .read(submission), .readProcess(submission): true
        case .review(submission, _, _, _), .say(submission, _): true
        case .list:
            if case .submissions(let ids) = entry.outcome {
                ids.contains(submission)
            } else {
                false
            }
        default: false
        }
    }

    private var losses: [Loss] {
        entries.compactMap { entry in
            guard entry.outcome == .done, let end = entry.ended else { return nil }
            switch entry.operation {
            case .decline(let submission):
                // Who is assigned anew is a reviewer again.
                guard !mayBeAssigned(after: entry) else { return nil }
                return Loss(person: entry.person, submission: submission, ended: end)
            case .declareConflict(let submission, let account):
                guard let person = person(of: account) else { return nil }
                return Loss(person: person, submission: submission, ended: end)
            default: return nil
            }
        }
    }

    private func mayBeAssigned(after loss: History.Entry) -> Bool {
        entries.contains { entry in
            if case .refused = entry.outcome { return false }
            switch entry.operation {
            case .assignAll, .assign: return entry.ended.map { $0 > loss.begun } ?? true
            default: return false
            }
        }
    }

    private func person(of account: AccountID) -> String? {
        rest.accounts.sorted { $0.key < $1.key }.first { $0.value == account }?.key
    }
}
