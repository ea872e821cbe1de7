import Platform
import StarchairAPI
import Synchronization

/// A whole conference on a real installation, with open pages, judged as in the simulation.
public final class ConferenceTrial: StageTrial {
    public let name: String
    private let stage: TrialStage
    private let suffix: String
    private let size: WholeConference.Size
    private let state = Mutex(State())

    /// Questions that are asked when nothing is broken any more.
    static let askCount = 20
    /// Pages that an author has open, and a reviewer.
    static let pageCount = 2

    private struct State {
        var conference: WholeConference?
        var people: [Visitor] = []
        var pages: [(log: LiveLog, task: StartedTask)] = []
    }

    /// A conference whose people's names end with `suffix`.
    public init(_ suffix: String, size: WholeConference.Size, on stage: TrialStage) {
        name = "conference\(suffix)"
        self.suffix = suffix
        self.size = size
        self.stage = stage
    }

    public func run() async {
        let conference = WholeConference(size, in: await stage.town(suffix))
        let chair = stage.visitor("chair\(suffix)")
        let coChair = stage.visitor(conference.coChairName)
        let reviewers = conference.reviewers.map(stage.visitor)
        let authors = conference.authors.map(stage.visitor)
        let pages = [authors[0], reviewers[0]].flatMap { person in
            (1...Self.pageCount).map { _ in open(person) }
        }
        state.withLock { state in
            state.conference = conference
            state.people = [chair, coChair] + reviewers + authors
            state.pages = pages
        }
        await withTaskGroup { group in
            group.addTask {
                await conference.chair(
                    chair, administrator: self.stage.visitor("administrator"))
            }
            group.addTask { await conference.coChair(coChair) }
            for reviewer in reviewers { group.addTask { await conference.reviewer(reviewer) } }
            for (index, author) in authors.enumerated() {
                group.addTask { await conference.author(author, number: index + 1) }
            }
        }
    }

    private func open(_ person: Visitor) -> (log: LiveLog, task: StartedTask) {
        let log = LiveLog(person: person.name)
        let page = LivePage(of: person, port: stage.live, log: log)
        return (log, stage.platform.tasks.start("page") { await page.run() })
    }

    public func judge(healed: Duration) async -> TrialVerdict {
        let (conference, people, pages) = state.withLock { ($0.conference, $0.people, $0.pages) }
        var verdict = TrialVerdict()
        guard let conference else { return verdict }
        if let failure = conference.failure {
            verdict.findings = [failure]
        } else if conference.isAbandoned {
            verdict.isAbandoned = true
        } else {
            await ask(conference, people)
            await judge(conference, healed: healed, into: &verdict)
        }
        for page in pages {
            page.log.close()
            page.task.cancel()
        }
        verdict.occurrences.merge(
            Occurrence.counts(of: conference.history, pages.map(\.log)), uniquingKeysWith: +)
        return verdict
    }

    private func ask(_ conference: WholeConference, _ people: [Visitor]) async {
        await withTaskGroup { group in
            for person in people.prefix(Self.askCount) {
                group.addTask { await conference.ask(person) }
            }
        }
    }

    private func judge(
        _ conference: WholeConference, healed: Duration, into verdict: inout TrialVerdict
    ) async {
        let end = stage.auditEnd(healed: healed)
        var unfinished = [
            Finding(Invariant.inTheEnd(Invariant.recovered), "\(name) cannot be read")
        ]
        repeat {
            await stage.rest(.seconds(1))
            guard var resting = await audit(conference) else { continue }
            resting.letters = await stage.letters(suffix)
            resting.pages = state.withLock { $0.pages.map(\.log) }
            resting.healed = healed
            let judge = ConferenceInvariants(
                conference.history, resting, reviewersPerSubmission: size.reviewersPerSubmission,
                stalenessMaximum: size.stalenessMaximum)
            (verdict.findings, unfinished) = (judge.findings(), judge.unfinished())
            verdict.occurrences[Occurrence.lateAsk] = judge.lateAskCount
        } while !unfinished.isEmpty && verdict.findings.isEmpty
            && stage.platform.clock.uptime < end && !Task.isCancelled
        verdict.findings += unfinished
    }

    /// The chair looks at the conference, and everybody into the own inbox.
    private func audit(_ conference: WholeConference) async -> RestingConference? {
        let people = state.withLock(\.people)
        guard var resting = await conference.audit(people[0]) else { return nil }
        resting.inboxes = await withTaskGroup { group in
            for person in people { group.addTask { (person.name, await person.inbox()) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return resting.inboxes.count == people.count ? resting : nil
    }
}

extension WholeConference {
    var history: History { town.history }
}
