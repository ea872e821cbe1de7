import PeerReview
import Platform
import StarchairAPI

/// What must hold of the stores of an installation at rest, without knowing what anybody was told.
public struct StoredInvariants: Sendable {
    let state: StoredState
    let submissions: [SubmissionID: StoredState.Submission]
    private let conferences: [ConferenceID: StoredState.Conference]

    /// A judgement of what was found.
    public init(_ state: StoredState) {
        self.state = state
        submissions = Dictionary(
            state.submissions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        conferences = Dictionary(
            state.conferences.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// All that is broken, except what may still mend itself.
    public func findings() -> [Finding] {
        numbers() + files() + conflicts() + assignments() + reviews() + inboxes()
    }

    /// What must have happened by the end, given time.
    public func unfinished() -> [Finding] {
        (told() + fences() + committees() + releases()).map {
            Finding(Invariant.inTheEnd($0.invariant), $0.detail)
        }
    }

    private func numbers() -> [Finding] {
        var findings = state.submissions.filter { conferences[$0.conference] == nil }.map {
            Finding(Invariant.noLoss, "the conference of \($0.id) is not there")
        }
        let byConference = Dictionary(grouping: state.submissions, by: \.conference)
        for (conference, all) in byConference.sorted(by: { $0.key < $1.key }) {
            let numbers = all.map(\.number).sorted()
            let last = state.numbers[conference.text]?.last ?? 0
            guard numbers != Array(1...max(1, last)) else { continue }
            let isDouble = Set(numbers).count < numbers.count
            findings.append(
                Finding(
                    isDouble ? Invariant.oneEffect : Invariant.noLoss,
                    "\(conference) has given \(last) numbers and has \(numbers)"))
        }
        return findings
    }

    private func files() -> [Finding] {
        let named = state.submissions.flatMap { submission -> [Finding] in
            guard let file = state.files[submission.file.text] else {
                return [Finding(Invariant.noLoss, "the file of \(submission.id) is not there")]
            }
            guard file.submission == submission.id else {
                return [
                    Finding(Invariant.oneEffect, "\(file.id) is not only \(submission.id)'s file")
                ]
            }
            return content(of: file)
        }
        let orphans = state.orphans.map {
            Finding(Invariant.complete, "the content \($0) is nobody's, and was not removed")
        }
        return named + state.unusedFiles.flatMap(content) + orphans
    }

    private func content(of file: StoredState.File) -> [Finding] {
        guard let content = state.contents[file.blob.text] else {
            return [Finding(Invariant.noLoss, "the content of \(file.id) is not there")]
        }
        return content == .init(byteCount: file.byteCount, sha256: file.sha256)
            ? [] : [Finding(Invariant.noLoss, "the content of \(file.id) is not what it was")]
    }

    private func inboxes() -> [Finding] {
        let byReceiver = Dictionary(grouping: state.notifications, by: \.receiver)
        return byReceiver.sorted { $0.key < $1.key }.compactMap { account, all in
            let sequences = all.map(\.sequence).sorted()
            let last = state.inboxes[account.text]?.last ?? 0
            return sequences == Array(1...max(1, last))
                ? nil
                : Finding(
                    Invariant.notified,
                    "\(account) had \(last) notifications and has \(sequences.count)")
        }
    }

    private func told() -> [Finding] {
        let waiting = state.waiting.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map {
            Finding(Invariant.complete, "\($0.key) has \($0.value) rows to deliver")
        }
        let dead = state.deadLetters.sorted { $0.key < $1.key }.flatMap { service, rows in
            rows.map {
                Finding(
                    Invariant.conservation,
                    "\(service) gave up a row for \($0.consumer): \($0.deadLetter ?? "")")
            }
        }
        let lost = state.lostEvents.sorted().map {
            Finding(Invariant.conservation, "the event \($0) was published and not taken")
        }
        return waiting + dead + lost
    }

    /// Everybody who accepted has joined.
    private func committees() -> [Finding] {
        let members = Dictionary(grouping: state.members, by: \.conference)
        return state.invitations.filter { $0.status == .accepted }.compactMap { invitation in
            let isIn =
                switch invitation.role {
                case .member:
                    members[invitation.conference]?.contains {
                        $0.addresses.contains(invitation.email)
                    } ?? false
                case .chair:
                    state.claims[invitation.email.text].map {
                        conferences[invitation.conference]?.chairs.contains($0.account) ?? false
                    } ?? false
                }
            return isIn
                ? nil
                : Finding(
                    Invariant.complete,
                    "an invitation to \(invitation.conference) was accepted, and nobody joined")
        }
    }

    private func releases() -> [Finding] {
        state.releases.sorted { $0.key < $1.key }.compactMap { id, release in
            let conference = state.conferences.first { $0.id.text == id }
            guard release.stage == .decisions,
                ![.released, .cameraReady, .archived].contains(conference?.state)
            else { return nil }
            return Finding(Invariant.complete, "\(id) is released, and stands elsewhere")
        }
    }
}
