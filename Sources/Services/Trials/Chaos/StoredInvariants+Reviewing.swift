import PeerReview
import Platform
import StarchairAPI

extension StoredInvariants {
    func conflicts() -> [Finding] {
        state.dossiers.flatMap { dossier -> [Finding] in
            let known = state.conflictLists[dossier.submission.text]?.accounts ?? []
            let reviewing = dossier.assignments.map(\.account)
                .filter { dossier.conflicts.contains($0) || known.contains($0) }
            return reviewing.map {
                Finding(Invariant.conflictEnds, "\($0) still reviews \(dossier.submission)")
            }
        }
    }

    /// Every conflict has reached the service that assigns.
    func fences() -> [Finding] {
        state.dossiers.flatMap { dossier in
            let known = state.conflictLists[dossier.submission.text]?.accounts ?? []
            return known.filter { !dossier.conflicts.contains($0) }.map { account in
                Finding(
                    Invariant.conflictEnds,
                    "\(account) is conflicted with \(dossier.submission), and not fenced")
            }
        }
    }

    func assignments() -> [Finding] {
        state.dossiers.flatMap { dossier -> [Finding] in
            var findings: [Finding] = []
            let accounts = dossier.assignments.map(\.account)
            if Set(accounts).count < accounts.count {
                findings.append(
                    Finding(Invariant.assignmentBounds, "\(dossier.submission): somebody twice"))
            }
            let submission = submissions[dossier.submission]
            if submission?.number != dossier.number || submission?.conference != dossier.conference
            {
                findings.append(
                    Finding(Invariant.noLoss, "\(dossier.submission) is not what is reviewed"))
            }
            return findings
        }
    }

    func reviews() -> [Finding] {
        state.dossiers.flatMap { dossier in
            dossier.begunReviews.flatMap { id -> [Finding] in
                guard let review = state.reviews[id.text] else {
                    return [Finding(Invariant.noLoss, "the review \(id) was begun, is not there")]
                }
                let owner = dossier.assignments.first { $0.review == id }?.account
                var findings = review.textIDs.filter { !state.texts.contains($0) }.map {
                    Finding(Invariant.noLoss, "the confirmed text \($0) is not there")
                }
                if review.submission != dossier.submission
                    || owner.map({ $0 != review.reviewer }) ?? false
                {
                    findings.append(
                        Finding(Invariant.reviewsBelong, "\(id) is not under its assignment"))
                }
                return findings
            }
        }
    }
}
