import StarchairAPI

/// What must hold of submissions, judged from what people were told alone.
public struct SubmissionInvariants: Sendable {
    /// What may still come: a letter is on its way.
    static let receipts = Invariant.inTheEnd(Invariant.notified)

    private let entries: [History.Entry]
    private let rest: RestingState

    /// A judgement of a history and of what was found in the end.
    public init(_ history: History, _ rest: RestingState) {
        entries = history.entries
        self.rest = rest
    }

    /// All that is broken.
    public func findings() -> [Finding] {
        submissionsInTheEnd() + windows() + confidentiality() + requestIDs() + files()
            + receiptsSent() + VersionChain(entries, rest).findings()
    }

    private func submissionsInTheEnd() -> [Finding] {
        var findings: [Finding] = []
        let byID = Dictionary(grouping: rest.submissions, by: \.id)
        let numbers = Dictionary(grouping: rest.submissions, by: \.number)
        for (number, all) in numbers.sorted(by: { $0.key < $1.key }) where all.count > 1 {
            findings.append(Finding(Invariant.oneEffect, "\(all.count) submissions are #\(number)"))
        }
        for entry in entries {
            guard case .submit(_, let title) = entry.operation else { continue }
            let effects = rest.submissions.filter { effect(of: title, is: $0) }
            if effects.count > 1 {
                findings.append(
                    Finding(Invariant.oneEffect, "\(title) is there \(effects.count) times"))
            }
            switch entry.outcome {
            case .submission(let view) where byID[view.id] == nil:
                findings.append(Finding(Invariant.noLoss, "\(title), acknowledged, is not there"))
            case .refused(let code) where !effects.isEmpty:
                findings.append(
                    Finding(Invariant.noPhantoms, "\(title), refused (\(code)), is there"))
            default: continue
            }
        }
        return findings
    }

    /// Whether a submission is what handing in `title` made: its text names it for good.
    private func effect(of title: String, is view: SubmissionView) -> Bool {
        view.summary == "About \(title)."
    }

    private func windows() -> [Finding] {
        let states = StateTimeline(entries)
        return entries.compactMap { entry in
            guard case .submit(_, let title) = entry.operation,
                let state = states.state(during: entry)
            else { return nil }
            let isOpen = state.openWindows.contains(.submission)
            switch entry.outcome {
            case .submission where !isOpen:
                return Finding(Invariant.deadline, "\(title) was accepted while \(state)")
            case .refused("windowClosed") where isOpen:
                return Finding(Invariant.deadline, "\(title) was refused while open")
            default: return nil
            }
        }
    }

    private func confidentiality() -> [Finding] {
        entries.compactMap { entry in
            guard case .spy(let id) = entry.operation else { return nil }
            return entry.outcome.isDone
                ? Finding(Invariant.confidential, "\(entry.person) read \(id)") : nil
        }
    }

    private func requestIDs() -> [Finding] {
        entries.compactMap { entry in
            guard entry.operation == .reuseID else { return nil }
            switch entry.outcome {
            case .unknown, .refused("requestIDReused"): return nil
            default:
                return Finding(
                    Invariant.oneEffect, "a used id with another body was answered \(entry.outcome)"
                )
            }
        }
    }

    private func files() -> [Finding] {
        entries.compactMap { entry in
            guard case .download(let id, let content) = entry.operation else { return nil }
            switch entry.outcome {
            case .bytes(let bytes) where bytes == content: return nil
            case .unknown where entry.begun < rest.healed: return nil
            default: return Finding(Invariant.noLoss, "file \(id) is not what was uploaded")
            }
        }
    }

    private func receiptsSent() -> [Finding] {
        var findings: [Finding] = []
        for entry in entries {
            guard case .submit(_, let title) = entry.operation else { continue }
            let count = rest.letters.count { $0.text.hasSuffix(": \(title)") }
            switch entry.outcome {
            case .submission(let view) where count < (view.authors?.count ?? 1):
                findings.append(Finding(Self.receipts, "\(title) has \(count) receipts"))
            case .refused where count > 0:
                findings.append(Finding(Invariant.noPhantoms, "refused \(title) has a receipt"))
            default: continue
            }
        }
        return findings
    }
}
