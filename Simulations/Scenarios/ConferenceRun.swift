import Cluster
import ClusterSimulator
import PeerReview
import Platform
import StarchairAPI
import Synchronization
import Trials

/// One run of a whole conference: a phase with faults, healing, and a phase in which all must end
/// well.
final class ConferenceRun: @unchecked Sendable {
    /// How long everybody may take to go on or to finish once the faults have healed.
    static let livenessPhase = Duration.seconds(600)
    /// How long the last reads, letters and notifications may take.
    static let auditPhase = Duration.seconds(240)
    /// Links for the administrator: an answer that is lost spends one.
    static let linkCount = 6
    /// Questions that are asked when nothing is broken any more.
    static let askCount = 20

    let simulation: Simulation
    let cluster: SimulatedCluster
    let history: History
    private let size: WholeConference.Size
    private let adversity: Adversity
    private let judgesRegistry: Bool
    private let state = Mutex(State())
    var pages: [LiveLog] = []
    private var people: [(visitor: Visitor, node: SimulatedNode)] = []

    private struct State {
        var unfinishedCount = 0
        var resting: RestingConference?
        var inboxes: [String: [NotificationView]] = [:]
        var auditCount = 0
    }

    init(
        _ simulation: Simulation, _ plant: Plant?, _ adversity: Adversity,
        size: WholeConference.Size = .init(), judgesRegistry: Bool = false,
        answers: AnswerLog? = nil
    ) {
        self.judgesRegistry = judgesRegistry
        self.simulation = simulation
        self.adversity = adversity
        let clocks =
            adversity.hasClockFaults && simulation.random("skewed clocks").chance(permille: 500)
        cluster = SimulatedCluster(
            simulation, instanceCount: 2, clocks: clocks, plant: plant,
            hasStreams: adversity.hasStreams)
        cluster.answers = answers
        var size = size
        // What the skew of clocks adds to the promise, and the way of a request.
        size.stalenessMaximum += .seconds(clocks ? 8 : 1)
        self.size = size
        history = History { simulation.now }
    }

    func run() async {
        for machine in cluster.machines { cluster.boot(machine) }
        let conference = await prepare()
        start(conference)
        if judgesRegistry { judgeRegistry() }
        await storm(for: adversity.stormLength)
        // Few get far while all is broken, so what comes late is to meet trouble of its own.
        await simulation.wait(atMost: Self.livenessPhase) {
            self.isQuiet || conference.isDiscussing
        }
        if !isQuiet { await storm(for: adversity.lateStormLength) }
        let healed = simulation.now
        await simulation.wait(atMost: Self.livenessPhase) { self.isQuiet }
        if !isQuiet {
            simulation.fail(
                "L everybody finishes after healing",
                "\(state.withLock(\.unfinishedCount)) people did not")
        }
        // Runs whose answers are compared are judged by that: their people are somebody else.
        if cluster.answers != nil { return }
        if let failure = conference.failure {
            simulation.fail(failure.invariant, failure.detail)
        } else if conference.isAbandoned {
            simulation.count("conference abandoned")
        } else {
            await judge(conference, healed: healed)
        }
        countSometimes()
    }

    /// Draws faults, brings them about for so long at most, and heals them.
    private func storm(for duration: Duration) async {
        let nemesis = Nemesis(cluster, adversity)
        nemesis.begin()
        await simulation.wait(atMost: duration) { self.isQuiet }
        nemesis.heal()
    }

    /// Looks at the registry now and then, as long as the run lasts.
    private func judgeRegistry() {
        simulation.after(.seconds(5)) { [weak self] in
            guard let self, !isQuiet else { return }
            cluster.routing.judge(registered: cluster.consul.registeredInstances)
            judgeRegistry()
        }
    }

    private var isQuiet: Bool { state.withLock { $0.unfinishedCount == 0 } }

    private func prepare() async -> WholeConference {
        let tokens = await OperatorsLinks(cluster).mint(Self.linkCount)
        let town = Town(
            letters: { [post = cluster.post] in post.sentLetters },
            administratorTokens: tokens, history: history)
        return WholeConference(size, in: town)
    }

    private func start(_ conference: WholeConference) {
        enter("chair", "chair") { [cluster] visitor, node in
            await conference.chair(
                visitor, administrator: cluster.visitor("administrator", on: node))
        }
        enter("cochair", "cochair") { visitor, _ in await conference.coChair(visitor) }
        for (index, name) in conference.reviewers.enumerated() {
            enter(Self.machine(.reviewers, index + 1), name) { visitor, _ in
                await conference.reviewer(visitor)
            }
        }
        for (index, name) in conference.authors.enumerated() {
            enter(Self.machine(.authors, index + 1), name) { visitor, _ in
                await conference.author(visitor, number: index + 1)
            }
        }
        // An author and a member have two pages open each; who goes on as somebody else has none.
        guard cluster.answers == nil else { return }
        for name in [conference.authors[0], conference.reviewers[0]] {
            for _ in 1...2 { openPage(of: name) }
        }
    }

    private static func machine(_ side: WholeConference.Side, _ number: Int) -> String {
        side == .reviewers ? "member\(number)" : "writer\(number)"
    }

    /// The machines of one side's people.
    static func machines(of side: WholeConference.Side) -> [String] {
        let size = WholeConference.Size()
        let count = side == .reviewers ? size.reviewerCount : size.authorCount
        return (1...count).map { machine(side, $0) }
    }

    /// Starts a person on a machine whose name says nothing about who it is.
    private func enter(
        _ machine: String, _ name: String,
        _ body: @escaping @Sendable (Visitor, SimulatedNode) async -> Void
    ) {
        let node = simulation.makeNode(machine)
        let visitor = cluster.visitor(name, on: node)
        people.append((visitor, node))
        state.withLock { $0.unfinishedCount += 1 }
        node.start(machine) { [self] in
            await body(visitor, node)
            state.withLock { $0.unfinishedCount -= 1 }
        }
    }

    private func openPage(of name: String) {
        guard let person = people.first(where: { $0.visitor.name == name }) else { return }
        let log = LiveLog(person: name)
        pages.append(log)
        let page = cluster.page(of: person.visitor, on: person.node, log: log)
        person.node.start("page") { await page.run() }
    }

    /// Looks at everything until all has happened that must, or time is up.
    private func judge(_ conference: WholeConference, healed: Duration) async {
        let end = simulation.now + Self.auditPhase
        for person in people.prefix(Self.askCount) {
            person.node.start("ask") { await conference.ask(person.visitor) }
        }
        var unfinished = [Finding("L everything can be read", "no answer came")]
        var findings: [Finding] = []
        var lateAskCount = 0
        repeat {
            await simulation.rest(for: .seconds(2))
            // At the end of the time the last judgement stands.
            guard var resting = await audit(conference, until: end) else { continue }
            (resting.letters, resting.pages) = (cluster.post.sentLetters, pages)
            resting.healed = healed
            let judge = ConferenceInvariants(
                history, resting, reviewersPerSubmission: size.reviewersPerSubmission,
                stalenessMaximum: size.stalenessMaximum)
            (findings, unfinished) = (judge.findings(), judge.unfinished())
            lateAskCount = judge.lateAskCount
        } while !unfinished.isEmpty && findings.isEmpty && simulation.now < end
        for page in pages { page.close() }
        count(Occurrence.lateAsk, lateAskCount)
        judgeQueues()
        for finding in findings + unfinished {
            simulation.fail(finding.invariant, finding.detail)
        }
    }

    /// What was given to the bus is with who it was for, or among the dead letters.
    private func judgeQueues() {
        let lost = cluster.queues.lost(by: cluster.broker)
        if lost.isEmpty {
            count("events accounted for (17)", cluster.queues.count)
        } else {
            simulation.fail(Invariant.conservation, "events are nowhere: \(lost)")
        }
    }

    /// Everybody looks for themselves, on the own machine, by the own session.
    private func audit(
        _ conference: WholeConference, until end: Duration
    ) async -> RestingConference? {
        state.withLock { ($0.resting, $0.inboxes, $0.auditCount) = (nil, [:], 0) }
        let (chair, node) = people[0]
        node.start("audit") { [self] in
            let found = await conference.audit(chair)
            state.withLock { state in
                state.resting = found
                state.auditCount += 1
            }
        }
        for person in people {
            person.node.start("inbox") { [self] in
                let inbox = await person.visitor.inbox()
                state.withLock { state in
                    state.inboxes[person.visitor.name] = inbox
                    state.auditCount += 1
                }
            }
        }
        await simulation.wait(atMost: end - simulation.now) {
            self.state.withLock { $0.auditCount == self.people.count + 1 }
        }
        return state.withLock { state in
            guard var resting = state.resting, state.inboxes.count == people.count else {
                return nil
            }
            resting.inboxes = state.inboxes
            return resting
        }
    }
}
