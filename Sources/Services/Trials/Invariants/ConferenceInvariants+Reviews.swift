import PeerReview
import StarchairAPI

extension ConferenceInvariants {
    /// A review that somebody wrote and was told about.
    private struct Written {
        var entry: History.Entry
        var submission: SubmissionID
        var from: Int64
        var text: String
        var isConfirmed: Bool
        var isDone: Bool { entry.outcome.isDone }
    }

    private var written: [Written] {
        entries.compactMap { entry in
            guard case .review(let id, let from, let text, let confirm) = entry.operation
            else { return nil }
            return Written(
                entry: entry, submission: id, from: from, text: text, isConfirmed: confirm)
        }
    }

    func reviews() -> [Finding] {
        let bySlot = Dictionary(grouping: written) { "\($0.entry.person) \($0.submission)" }
        return bySlot.sorted { $0.key < $1.key }.flatMap { slot, all in
            replaced(slot, all) + late(slot, all) + final(slot, all)
        }
    }

    /// Of two texts written from one version, one at most was kept.
    private func replaced(_ slot: String, _ all: [Written]) -> [Finding] {
        Dictionary(grouping: all.filter(\.isDone), by: \.from).sorted { $0.key < $1.key }
            .filter { $0.value.count > 1 }
            .map { from, both in
                Finding(
                    Invariant.reviewsBelong,
                    "\(slot): \(both.count) texts were kept over version \(from)")
            }
    }

    /// Nothing is accepted under an assignment that has ended.
    private func late(_ slot: String, _ all: [Written]) -> [Finding] {
        all.filter(\.isDone).compactMap { review in
            guard let end = end(of: review.entry.person, review.submission),
                review.entry.begun > end
            else { return nil }
            return Finding(
                Invariant.reviewsBelong, "\(slot): accepted after the assignment had ended")
        }
    }

    /// When somebody was told that the own part in a submission's review is over.
    func end(of person: String, _ submission: SubmissionID) -> Duration? {
        guard let account = account(of: person) else { return nil }
        return entries.filter { entry in
            guard entry.outcome == .done else { return false }
            switch entry.operation {
            case .decline(submission): return entry.person == person
            case .declareConflict(submission, of: account): return true
            default: return false
            }
        }.compactMap(\.ended).min()
    }

    /// The last confirmed text is the one that the chair reads in the end.
    private func final(_ slot: String, _ all: [Written]) -> [Finding] {
        guard let first = all.first, let account = account(of: first.entry.person),
            let last = all.filter({ $0.isDone && $0.isConfirmed }).max(by: { $0.from < $1.from })
        else { return [] }
        let found =
            rest.process(of: first.submission)?.reviews
            .filter { $0.pcMemberId == account } ?? []
        guard !found.isEmpty else {
            return [Finding(Invariant.noLoss, "\(slot): the review is not there")]
        }
        // What nobody was told about may have come later.
        let possible = all.filter { $0.isConfirmed && ($0.from >= last.from || !$0.isDone) }
            .map(\.text)
        let isThere = found.contains { review in
            review.comment.map(possible.contains) ?? false
        }
        if !isThere {
            return [
                Finding(
                    Invariant.noLoss,
                    "\(slot): \(last.text) became \(found.map { $0.comment ?? "nothing" })")
            ]
        }
        let isOver = end(of: first.entry.person, first.submission) != nil
        let counts = found.contains { $0.status == .confirmed }
        return isOver && counts
            ? [Finding(Invariant.conflictEnds, "\(slot): it still counts")] : []
    }

    func decisions() -> [Finding] {
        let made = all { operation -> (SubmissionID, Int64, Decision)? in
            guard case .decide(let id, let from, let decision) = operation else { return nil }
            return (id, from, decision)
        }
        return Dictionary(grouping: made) { $0.kind.0 }.sorted { $0.key < $1.key }
            .flatMap { id, all in
                let done = all.filter { $0.entry.outcome.isDone }
                let twice = Dictionary(grouping: done) { $0.kind.1 }.filter { $0.value.count > 1 }
                var findings = twice.sorted { $0.key < $1.key }.map { from, both in
                    Finding(
                        Invariant.register,
                        "\(id): \(both.count) decisions over version \(from)")
                }
                guard let last = done.max(by: { $0.kind.1 < $1.kind.1 }) else { return findings }
                let found = rest.process(of: id)?.decision
                let isUnsure = all.contains { !$0.entry.outcome.isDone }
                if found == nil || (!isUnsure && found?.decision != last.kind.2) {
                    findings.append(
                        Finding(Invariant.noLoss, "the decision about \(id) is \(found as Any)"))
                }
                return findings
            }
    }

    func rebuttals() -> [Finding] {
        let made = all { operation -> (SubmissionID, String)? in
            guard case .rebut(let id, _, let text) = operation else { return nil }
            return (id, text)
        }
        return Dictionary(grouping: made) { $0.kind.0 }.sorted { $0.key < $1.key }
            .compactMap { id, all in
                guard all.contains(where: { $0.entry.outcome.isDone }) else { return nil }
                let possible = all.filter { entry, _ in
                    if case .refused = entry.outcome { false } else { true }
                }.map(\.kind.1)
                let found = rest.process(of: id)?.rebuttal?.rebuttal
                return found.map(possible.contains) == true
                    ? nil : Finding(Invariant.noLoss, "the rebuttal to \(id) is \(found ?? "gone")")
            }
    }

    /// What one person is shown of a review process never goes back.
    func versions() -> [Finding] {
        var findings: [Finding] = []
        let reads = all { operation -> SubmissionID? in
            guard case .readProcess(let id) = operation else { return nil }
            return id
        }
        let own = Dictionary(grouping: reads) { "\($0.entry.person) \($0.kind)" }
        for (slot, all) in own.sorted(by: { $0.key < $1.key }) {
            var latest: [(ended: Duration, version: Int64)] = []
            for (entry, _) in all.sorted(by: { $0.entry.begun < $1.entry.begun }) {
                guard case .process(let view) = entry.outcome, let end = entry.ended,
                    let version = view.reviews.compactMap(\.version).max()
                else { continue }
                let before = latest.filter { $0.ended < entry.begun }.map(\.version).max() ?? 0
                if version < before {
                    findings.append(
                        Finding(
                            Invariant.register,
                            "\(slot): the own review was version \(before), then \(version)"))
                }
                latest.append((end, version))
            }
        }
        return findings
    }
}
