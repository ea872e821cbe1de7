import PeerReview
import Platform
import StarchairAPI
import Synchronization

/// A rush at a deadline, over and over opened and closed, on a real installation.
public final class RushTrial: StageTrial {
    public let name: String
    private let stage: TrialStage
    private let suffix: String
    private let size: SubmissionRush.Size
    /// The chair goes on in the audit.
    private let chair: Visitor
    private let state = Mutex(State())

    /// How long the window stays open, and closed, at most.
    static let openMaximum = Duration.seconds(8)
    static let closedMaximum = Duration.milliseconds(700)

    private struct State {
        var rush: SubmissionRush?
        var conference: ConferenceID?
        var busyAuthorCount = 0
    }

    /// A rush whose people's names end with `suffix`.
    public init(_ suffix: String, size: SubmissionRush.Size, on stage: TrialStage) {
        name = "rush\(suffix)"
        self.suffix = suffix
        self.size = size
        self.stage = stage
        chair = stage.visitor("chair\(suffix)")
    }

    public func run() async {
        let rush = SubmissionRush(size, in: await stage.town(suffix))
        state.withLock { state in
            state.rush = rush
            state.busyAuthorCount = size.authorCount
        }
        let conference = await rush.prepare(
            chair: chair, administrator: stage.visitor("administrator"))
        guard let conference else { return }
        state.withLock { $0.conference = conference }
        await withTaskGroup { group in
            group.addTask { await self.openAndClose(rush, conference) }
            for number in 1...size.authorCount {
                group.addTask {
                    let visitor = self.stage.visitor("author\(number)\(self.suffix)")
                    await rush.author(visitor, to: conference)
                    self.state.withLock { $0.busyAuthorCount -= 1 }
                }
            }
        }
    }

    private var isBusy: Bool { state.withLock { $0.busyAuthorCount > 0 } }

    private func openAndClose(_ rush: SubmissionRush, _ conference: ConferenceID) async {
        while isBusy, !Task.isCancelled {
            await stage.rest(atMost: Self.openMaximum)
            _ = await rush.move(conference, to: .bidding, by: chair)
            await stage.rest(atMost: Self.closedMaximum)
            _ = await rush.move(conference, to: .submitting, by: chair)
        }
        _ = await rush.move(conference, to: .bidding, by: chair)
    }

    public func judge(healed: Duration) async -> TrialVerdict {
        var verdict = TrialVerdict()
        guard let rush = state.withLock(\.rush), let conference = state.withLock(\.conference)
        else {
            verdict.findings = [
                Finding(Invariant.inTheEnd(Invariant.complete), "\(name) was never opened")
            ]
            return verdict
        }
        let end = stage.auditEnd(healed: healed)
        guard let submissions = await audit(rush, conference, until: end) else {
            verdict.findings = [
                Finding(Invariant.inTheEnd(Invariant.recovered), "\(name) cannot be read")
            ]
            return verdict
        }
        repeat {
            let rest = RestingState(
                submissions: submissions, letters: await stage.letters(suffix), healed: healed)
            verdict.findings = SubmissionInvariants(rush.history, rest).findings()
            if verdict.findings.isEmpty { break }
            await stage.rest(.seconds(1))
        } while verdict.findings.allSatisfy(\.isAboutReceipts)
            && stage.platform.clock.uptime < end && !Task.isCancelled
        for entry in rush.history.entries {
            if let name = Occurrence.ofRush(entry) { verdict.count(name) }
        }
        return verdict
    }

    private func audit(
        _ rush: SubmissionRush, _ conference: ConferenceID, until end: Duration
    ) async -> [SubmissionView]? {
        while stage.platform.clock.uptime < end, !Task.isCancelled {
            if let found = await rush.audit(conference, by: chair) { return found }
            await stage.rest(.seconds(1))
        }
        return nil
    }
}

extension SubmissionRush {
    var history: History { town.history }
}
