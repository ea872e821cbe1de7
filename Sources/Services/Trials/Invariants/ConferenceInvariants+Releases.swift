import PeerReview
import StarchairAPI

extension ConferenceInvariants {
    /// What an author saw of the own submission.
    private struct Sight {
        var entry: History.Entry
        var view: ReviewProcessView
    }

    private var sights: [Sight] {
        entries.compactMap { entry in
            guard case .readProcess = entry.operation, entry.person.hasPrefix("author"),
                case .process(let view) = entry.outcome
            else { return nil }
            return Sight(entry: entry, view: view)
        }
    }

    /// Nothing before a release begins; everything for everybody once anybody has seen it or
    /// was told of it; and letters that say what is stored.
    func releases() -> [Finding] {
        release(.reviews) { !$0.reviews.isEmpty }
            + release(.decisions) { $0.decision != nil } + letters()
    }

    private func release(
        _ what: Release.Subject, isSeen: (ReviewProcessView) -> Bool
    ) -> [Finding] {
        let attempts = all { operation -> Bool? in
            if case .release(_, what) = operation { true } else { nil }
        }
        let begun = attempts.map(\.entry.begun).min() ?? .seconds(Int64.max / 4)
        let told = attempts.filter { $0.entry.outcome == .done }.compactMap(\.entry.ended).min()
        let seen = sights.filter { isSeen($0.view) }
        var findings = seen.filter { ($0.entry.ended ?? .zero) < begun }.map { sight in
            Finding(
                Invariant.atomicRelease, "\(sight.entry.person) saw \(what.rawValue) too early")
        }
        guard let from = [seen.compactMap(\.entry.ended).min(), told].compactMap(\.self).min()
        else { return findings }
        for sight in sights where sight.entry.begun > from && !isSeen(sight.view) {
            guard isThere(what, for: sight.view.draftId) else { continue }
            findings.append(
                Finding(
                    Invariant.atomicRelease,
                    "\(sight.entry.person) did not see \(what.rawValue) after the release"))
        }
        return findings
    }

    /// Whether there surely is something to be seen: with conflicts, perhaps no review is left.
    private func isThere(_ what: Release.Subject, for submission: SubmissionID) -> Bool {
        let process = rest.process(of: submission)
        switch what {
        case .decisions: return process?.decision != nil
        case .reviews:
            let early = entries.filter { entry in
                guard case .review(submission, _, _, true) = entry.operation else { return false }
                return entry.outcome.isDone && end(of: entry.person, submission) == nil
                    && isBeforeRelease(entry)
            }
            return !early.isEmpty
        }
    }

    private func isBeforeRelease(_ entry: History.Entry) -> Bool {
        let begun = entries.first {
            if case .release(_, .reviews) = $0.operation { true } else { false }
        }?.begun
        return begun.map { (entry.ended ?? $0) < $0 } ?? true
    }

    private func letters() -> [Finding] {
        rest.letters.filter { $0.subject.hasSuffix(": decision") }.compactMap { letter in
            guard let number = Self.number(in: letter.subject),
                let decision = rest.processes.first(where: { $0.number == number })?.decision
            else { return Finding(Invariant.noPhantoms, "a letter about \(letter.subject)") }
            return letter.text.contains(": \(decision.decision.rawValue).")
                ? nil
                : Finding(Invariant.atomicRelease, "#\(number): the letter says otherwise")
        }
    }

    /// The submission's number in a subject line such as `DSN #4: decision`.
    private static func number(in subject: String) -> Int? {
        subject.split(separator: "#").last.flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Everybody is told of everything once, and pages show each once.
    func notifications() -> [Finding] {
        inboxes() + pages()
    }

    private func inboxes() -> [Finding] {
        var findings: [Finding] = []
        for (person, inbox) in rest.inboxes.sorted(by: { $0.key < $1.key }) {
            let sequences = inbox.map(\.sequence).sorted()
            if sequences != Array(1...Int64(max(1, sequences.count))), !sequences.isEmpty {
                findings.append(Finding(Invariant.notified, "\(person): \(sequences)"))
            }
            for (kind, draft) in expected(by: person) {
                let count = inbox.count { $0.event.kind == kind && $0.event.draftId == draft }
                if count != 1 {
                    findings.append(
                        Finding(Invariant.notified, "\(person) was told \(count) times: \(kind)"))
                }
            }
        }
        return findings
    }

    /// What an author is to be told.
    private func expected(
        by person: String
    ) -> [(NotificationEvent.Kind, SubmissionID)] {
        let own = entries.compactMap { entry -> SubmissionID? in
            guard case .submit = entry.operation, entry.person == person,
                case .submission(let view) = entry.outcome
            else { return nil }
            return view.id
        }
        var kinds: [NotificationEvent.Kind] = [.submissionReceived]
        if isReleased(.reviews) { kinds.append(.reviewsReleased) }
        if isReleased(.decisions) { kinds.append(.decisionReleased) }
        return own.flatMap { id in kinds.map { ($0, id) } }
    }

    private func isReleased(_ what: Release.Subject) -> Bool {
        entries.contains { entry in
            guard case .release(_, what) = entry.operation else { return false }
            return entry.outcome == .done
        }
    }

    private func pages() -> [Finding] {
        rest.pages.flatMap { page -> [Finding] in
            let count = Int64(rest.inboxes[page.person]?.count ?? 0)
            let wanted = count == 0 ? [] : Array(1...count)
            var findings: [Finding] = []
            if page.sequences != wanted {
                findings.append(
                    Finding(
                        Invariant.notified,
                        "a page of \(page.person) showed \(page.sequences) of \(count)"))
            }
            if page.unreadableCount > 0 {
                findings.append(
                    Finding(Invariant.notified, "a page was sent what is no notification"))
            }
            return findings
        }
    }

    /// A release reaches the conference, and what is asked when all is well is answered.
    func aftermath() -> [Finding] {
        var findings: [Finding] = []
        let state = rest.conference.status
        if isReleased(.decisions), state != .released {
            findings.append(Finding(Invariant.complete, "released, and still \(state)"))
        }
        let asked = entries.filter { $0.operation == .ask && $0.begun > rest.healed }
        let served = asked.count { $0.outcome == .done }
        if served * 100 < asked.count * 95 {
            findings.append(
                Finding(Invariant.recovered, "\(served) of \(asked.count) were answered"))
        }
        return findings
    }
}
