import Platform
import StarchairAPI
import Synchronization

/// A conference on a real installation whose deadline closes it by itself.
public final class DeadlineTrial: StageTrial {
    public let name: String
    private let stage: TrialStage
    private let suffix: String
    /// The chair goes on in the audit.
    private let chair: Visitor
    private let rush = Mutex<DeadlineRush?>(nil)

    /// How far the clocks are from the truth at most: all processes have one machine's, which may
    /// be set a little now and then.
    static let clockError = Duration.milliseconds(100)

    /// A rush whose people's names end with `suffix`.
    public init(_ suffix: String, on stage: TrialStage) {
        name = "deadline\(suffix)"
        self.suffix = suffix
        self.stage = stage
        chair = stage.visitor("chair\(suffix)")
    }

    public func run() async {
        let rush = DeadlineRush(.init(), in: await stage.town(suffix))
        self.rush.withLock { $0 = rush }
        await withTaskGroup { group in
            group.addTask {
                await rush.chair(
                    self.chair, administrator: self.stage.visitor("administrator"))
            }
            for number in 1...rush.size.authorCount {
                let author = stage.visitor("author\(number)\(suffix)")
                group.addTask { await rush.author(author) }
            }
        }
    }

    public func judge(healed: Duration) async -> TrialVerdict {
        var verdict = TrialVerdict()
        guard let rush = rush.withLock({ $0 }), rush.failure == nil,
            let conference = rush.conference
        else {
            let detail = self.rush.withLock { $0 }?.failure?.detail ?? "\(name) was never opened"
            verdict.findings = [Finding(Invariant.inTheEnd(Invariant.complete), detail)]
            return verdict
        }
        let end = stage.auditEnd(healed: healed)
        guard let submissions = await audit(rush, until: end) else {
            verdict.findings = [
                Finding(Invariant.inTheEnd(Invariant.recovered), "\(name) cannot be read")
            ]
            return verdict
        }
        let clock = stage.platform.clock
        let deadlines = DeadlineInvariants(
            rush.history,
            .init(
                of: conference, start: clock.now - clock.uptime, clockError: Self.clockError,
                healed: healed))
        repeat {
            let rest = RestingState(
                submissions: submissions, letters: await stage.letters(suffix), healed: healed)
            verdict.findings =
                SubmissionInvariants(rush.history, rest).findings() + deadlines.findings()
            if verdict.findings.isEmpty { break }
            await stage.rest(.seconds(1))
        } while verdict.findings.allSatisfy(\.isAboutReceipts)
            && clock.uptime < end && !Task.isCancelled
        for (name, count) in deadlines.occurrences() { verdict.count(name, by: count) }
        return verdict
    }

    private func audit(_ rush: DeadlineRush, until end: Duration) async -> [SubmissionView]? {
        while stage.platform.clock.uptime < end, !Task.isCancelled {
            if let found = await rush.audit(chair) { return found }
            await stage.rest(.seconds(1))
        }
        return nil
    }
}

extension DeadlineRush {
    var history: History { town.history }
}
