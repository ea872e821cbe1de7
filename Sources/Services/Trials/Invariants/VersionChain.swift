import StarchairAPI

/// A submission as a register: every change makes one next version from the one it names, and a
/// read shows nothing older than what was known when it began.
struct VersionChain {
    private struct Known {
        var version: Int64
        var title: String
        var begun: Duration
        var ended: Duration
    }

    private let entries: [History.Entry]
    private let rest: RestingState

    init(_ entries: [History.Entry], _ rest: RestingState) {
        self.entries = entries
        self.rest = rest
    }

    func findings() -> [Finding] {
        let known = Dictionary(grouping: entries.compactMap(Self.seen), by: \.0)
        return known.sorted { $0.key < $1.key }.flatMap { id, seen in
            titles(of: id, seen.map(\.1)) + order(of: id, seen.map(\.1))
                + end(of: id, seen.map(\.1)) + changes(of: id)
        }
    }

    /// What an entry learned of a submission.
    private static func seen(_ entry: History.Entry) -> (SubmissionID, Known)? {
        guard case .submission(let view) = entry.outcome, let end = entry.ended,
            let title = view.title
        else { return nil }
        return (
            view.id,
            Known(version: view.version, title: title, begun: entry.begun, ended: end)
        )
    }

    /// One version has one title.
    private func titles(of id: SubmissionID, _ known: [Known]) -> [Finding] {
        Dictionary(grouping: known, by: \.version).sorted { $0.key < $1.key }
            .compactMap { version, seen in
                guard Set(seen.map(\.title)).count > 1 else { return nil }
                return Finding(
                    Invariant.register, "\(id) version \(version) has two titles")
            }
    }

    /// Nothing is older than what was known before it began.
    private func order(of id: SubmissionID, _ known: [Known]) -> [Finding] {
        var findings: [Finding] = []
        var latest: [Known] = []
        for seen in known.sorted(by: { $0.begun < $1.begun }) {
            let before = latest.filter { $0.ended < seen.begun }.map(\.version).max() ?? 0
            if seen.version < before {
                findings.append(
                    Finding(
                        Invariant.register,
                        "\(id) was version \(before), then \(seen.version)"))
            }
            latest.append(seen)
        }
        return findings
    }

    /// Nothing known is lost in the end.
    private func end(of id: SubmissionID, _ known: [Known]) -> [Finding] {
        guard let last = rest.submissions.first(where: { $0.id == id }) else { return [] }
        let highest = known.map(\.version).max() ?? 0
        guard last.version >= highest else {
            return [
                Finding(
                    Invariant.noLoss,
                    "\(id) was version \(highest) and ended as \(last.version)")
            ]
        }
        let wrong = known.contains { $0.version == last.version && $0.title != last.title }
        return wrong
            ? [Finding(Invariant.register, "\(id) ended with another title")] : []
    }

    /// Two changes from one version are never both made.
    private func changes(of id: SubmissionID) -> [Finding] {
        var made: [Int64: Int] = [:]
        for entry in entries {
            guard case .retitle(id, let version, _) = entry.operation,
                case .submission = entry.outcome
            else { continue }
            made[version, default: 0] += 1
        }
        return made.sorted { $0.key < $1.key }.compactMap { version, count in
            guard count > 1 else { return nil }
            return Finding(
                Invariant.register, "\(count) changes of \(id) from version \(version)")
        }
    }
}
