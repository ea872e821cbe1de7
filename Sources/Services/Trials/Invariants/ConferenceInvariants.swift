import PeerReview
import StarchairAPI

/// What must hold of a whole conference, judged from what people were told alone, by a model of
/// its own.
public struct ConferenceInvariants: Sendable {
    let entries: [History.Entry]
    let rest: RestingConference
    let reviewersPerSubmission: Int
    let stalenessMaximum: Duration

    /// A judgement of a history and of what was found in the end.
    ///
    /// - Parameters:
    ///   - reviewersPerSubmission: how many each submission was to have.
    ///   - stalenessMaximum: how long an ended session or a lost role may still work (Δ).
    public init(
        _ history: History, _ rest: RestingConference, reviewersPerSubmission: Int,
        stalenessMaximum: Duration
    ) {
        entries = history.entries
        self.rest = rest
        self.reviewersPerSubmission = reviewersPerSubmission
        self.stalenessMaximum = stalenessMaximum
    }

    /// All that is broken, except what may still mend itself.
    public func findings() -> [Finding] {
        submissions() + reviews() + posts() + decisions() + rebuttals() + windows()
            + confidentiality() + conflicts() + assignments() + releases() + sessions()
            + versions() + roles()
    }

    /// What must have happened by the end, given time.
    public func unfinished() -> [Finding] {
        (notifications() + committee() + aftermath()).map {
            Finding(Invariant.inTheEnd($0.invariant), $0.detail)
        }
    }

    func account(of person: String) -> AccountID? { rest.accounts[person] }

    /// The entries of a kind: what `pick` makes of their operation.
    func all<Kind>(_ pick: (History.Operation) -> Kind?) -> [(entry: History.Entry, kind: Kind)] {
        entries.compactMap { entry in pick(entry.operation).map { (entry, $0) } }
    }

    private func submissions() -> [Finding] {
        var findings: [Finding] = []
        let numbers = Dictionary(grouping: rest.submissions, by: \.number)
        for (number, all) in numbers.sorted(by: { $0.key < $1.key }) where all.count > 1 {
            findings.append(Finding(Invariant.oneEffect, "\(all.count) submissions are #\(number)"))
        }
        for entry in entries {
            guard case .submit(_, let title) = entry.operation else { continue }
            let count = rest.submissions.count { $0.title == title }
            switch entry.outcome {
            case .submission where count == 0:
                findings.append(Finding(Invariant.noLoss, "\(title) is not there"))
            case .refused where count > 0:
                findings.append(Finding(Invariant.noPhantoms, "\(title), refused, is there"))
            default:
                if count > 1 {
                    findings.append(Finding(Invariant.oneEffect, "\(title): \(count) times"))
                }
            }
        }
        return findings
    }

    private func posts() -> [Finding] {
        all { if case .say(let id, let text) = $0 { (id, text) } else { nil } }
            .compactMap { entry, said in
                let count = rest.threads[said.0]?.posts.count { $0.content == said.1 } ?? 0
                switch entry.outcome {
                case .post where count == 0:
                    return Finding(Invariant.noLoss, "\(said.1) by \(entry.person) is lost")
                case .refused where count > 0:
                    return Finding(Invariant.noPhantoms, "\(said.1), refused, is there")
                default:
                    return count > 1
                        ? Finding(Invariant.oneEffect, "\(said.1) is there \(count) times") : nil
                }
            }
    }

    /// What is accepted and refused fits the conference's state, where that is surely known.
    private func windows() -> [Finding] {
        let states = StateTimeline(entries)
        return entries.compactMap { entry in
            guard let window = Self.window(of: entry.operation),
                let state = states.state(during: entry)
            else { return nil }
            let isOpen = state.openWindows.contains(window)
            if entry.outcome.isDone, !isOpen {
                return Finding(
                    Invariant.deadline, "\(entry.operation) was accepted while \(state)")
            }
            if entry.outcome == .refused("windowClosed"), isOpen {
                return Finding(
                    Invariant.deadline, "\(entry.operation) was refused while \(state)")
            }
            return nil
        }
    }

    private static func window(of operation: History.Operation) -> Window? {
        switch operation {
        case .submit, .retitle: .submission
        case .assignAll, .assign, .decline: .assignment
        case .review: .review
        // A rebuttal waits for the release of the reviews too.
        case .say: .discussion
        case .decide: .decision
        default: nil
        }
    }

    private func confidentiality() -> [Finding] {
        entries.compactMap { entry in
            guard case .spy(let id) = entry.operation, entry.outcome.isDone else { return nil }
            return Finding(Invariant.confidential, "\(entry.person) saw \(entry.outcome) of \(id)")
        }
    }

    private func sessions() -> [Finding] {
        entries.compactMap { entry in
            guard entry.operation == .useEndedSession, entry.outcome.isDone,
                let end = entries.last(where: {
                    $0.person == entry.person && $0.operation == .signOut
                        && $0.outcome == .done
                })?.ended,
                entry.begun > end + stalenessMaximum
            else { return nil }
            return Finding(
                Invariant.signedOut, "\(entry.person) was served \(entry.begun - end) later")
        }
    }
}
