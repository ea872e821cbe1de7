import Cluster
import ClusterSimulator
import PeerReview
import Platform
import StarchairAPI
import Synchronization
import Trials

extension Scenario {
    /// A deadline that closes a conference by itself, and a chair who gives more time, with two
    /// instances of each service and every kind of fault.
    public static func deadlineRush(_ plant: Plant? = nil) -> Scenario {
        Scenario(
            "deadline-rush",
            "Six authors hand in around a deadline that comes by itself, and is taken away again.",
            sometimes: SimulatedDeadline.sometimes, faults: SimulatedDeadline.faults
        ) { simulation in
            await SimulatedDeadline(simulation, plant).run()
        }
    }
}

/// One run of the rush: a phase with faults, healing, and a phase in which all must end well.
private final class SimulatedDeadline: @unchecked Sendable {
    static let sometimes =
        DeadlineInvariants.occurrenceNames.map { "sometimes: " + $0 } + [
            "sometimes: one intention sent twice at once (8)", "sometimes: changed (18)",
            "sometimes: told nothing (2)", "sometimes: restarted",
        ]
    static let faults =
        [
            "crash", "pause", "slow", "graceful stop", "partition", "clock skew", "clock step",
            "lost request", "lost reply", "late reply", "duplicated request", "reordered message",
            "upload cut",
        ].map { "fault: \($0)" }
        + ["conference", "draft"].flatMap { name in
            ["unavailable", "outcome unknown"].map { "fault: database \(name) \($0)" }
        }

    /// How long everybody may take to arrive.
    static let arrivalPhase = Duration.seconds(60)
    /// How long the faults last at most.
    static let safetyPhase = Duration.seconds(60)
    /// How long everybody may take to finish once the faults have healed.
    static let livenessPhase = Duration.seconds(300)
    /// How long the last reads and the last letters may take.
    static let auditPhase = Duration.seconds(180)
    /// Links for the administrator: an answer that is lost spends one.
    static let linkCount = 6

    private let simulation: Simulation
    private let cluster: SimulatedCluster
    private let history: History
    private let clocks: ClockWatch
    private let state = Mutex(State())

    private struct State {
        var unfinishedCount = 0
        var isJudged = false
        var submissions: [SubmissionView]?
    }

    init(_ simulation: Simulation, _ plant: Plant?) {
        self.simulation = simulation
        let isSkewed = simulation.random("skewed clocks").chance(permille: 700)
        cluster = SimulatedCluster(
            simulation, instanceCount: 2, clocks: isSkewed, plant: plant,
            without: [.invitation, .discussion, .reviewProcess])
        history = History { simulation.now }
        clocks = ClockWatch(cluster, of: .conference)
    }

    private static var adversity: Adversity {
        var adversity = Adversity()
        // A clock that is set while the deadline comes is what this is about.
        adversity.alwaysEvents = [.clockStep, .crash]
        adversity.pace = .seconds(4)
        return adversity
    }

    func run() async {
        for machine in cluster.machines { cluster.boot(machine) }
        clocks.begin { [weak self] in self?.state.withLock(\.isJudged) ?? true }
        defer { state.withLock { $0.isJudged = true } }
        let rush = await prepare()
        let chair = start(rush)
        // Who cannot arrive is not there when the deadline comes, so trouble begins after that.
        await simulation.wait(atMost: Self.arrivalPhase) { rush.conference != nil }
        let nemesis = Nemesis(cluster, Self.adversity)
        nemesis.begin()
        await simulation.wait(atMost: Self.safetyPhase) { self.isQuiet }
        nemesis.heal()
        let healed = simulation.now
        await simulation.wait(atMost: Self.livenessPhase) { self.isQuiet }
        if !isQuiet {
            simulation.fail(
                "L everybody finishes after healing",
                "\(state.withLock(\.unfinishedCount)) people did not")
        }
        guard rush.failure == nil, let conference = rush.conference else {
            return simulation.fail("L the conference opens", rush.failure?.detail ?? "it did not")
        }
        await audit(rush, chair.visitor, on: chair.node)
        await judge(conference, healed: healed)
    }

    private var isQuiet: Bool { state.withLock { $0.unfinishedCount == 0 } }

    private func prepare() async -> DeadlineRush {
        let tokens = await OperatorsLinks(cluster).mint(Self.linkCount)
        let town = Town(
            letters: { [post = cluster.post] in post.sentLetters },
            administratorTokens: tokens, history: history)
        return DeadlineRush(.init(), in: town)
    }

    private func start(_ rush: DeadlineRush) -> (visitor: Visitor, node: SimulatedNode) {
        let chair = enter("chair") { [cluster] visitor, node in
            await rush.chair(
                visitor, administrator: cluster.visitor("administrator", on: node))
        }
        for number in 1...rush.size.authorCount {
            enter("author\(number)") { visitor, _ in await rush.author(visitor) }
        }
        return chair
    }

    @discardableResult
    private func enter(
        _ name: String, _ body: @escaping @Sendable (Visitor, SimulatedNode) async -> Void
    ) -> (visitor: Visitor, node: SimulatedNode) {
        let node = simulation.makeNode(name)
        let visitor = cluster.visitor(name, on: node)
        state.withLock { $0.unfinishedCount += 1 }
        node.start(name) { [self] in
            await body(visitor, node)
            state.withLock { $0.unfinishedCount -= 1 }
        }
        return (visitor, node)
    }

    private func audit(
        _ rush: DeadlineRush, _ chair: Visitor, on node: SimulatedNode
    ) async {
        node.start("audit") { [self] in
            while state.withLock({ $0.submissions == nil && !$0.isJudged }) {
                let found = await rush.audit(chair)
                state.withLock { $0.submissions = found }
            }
        }
        await simulation.wait(atMost: Self.auditPhase) {
            self.state.withLock { $0.submissions != nil }
        }
    }

    private func judge(_ conference: ConferenceID, healed: Duration) async {
        guard let submissions = state.withLock(\.submissions) else {
            return simulation.fail("L the chair reads the submissions", "no answer came")
        }
        let deadlines = DeadlineInvariants(
            history,
            .init(
                of: conference, start: clocks.start, clockError: clocks.error, healed: healed))
        var findings: [Finding] = []
        let end = simulation.now + Self.auditPhase
        repeat {
            await simulation.rest(for: .seconds(1))
            let rest = RestingState(
                submissions: submissions, letters: cluster.post.sentLetters, healed: healed)
            findings = SubmissionInvariants(history, rest).findings() + deadlines.findings()
        } while !findings.isEmpty && findings.allSatisfy { $0.isAboutReceipts }
            && simulation.now < end
        for finding in findings { simulation.fail(finding.invariant, finding.detail) }
        countSometimes(deadlines)
    }

    private func countSometimes(_ deadlines: DeadlineInvariants) {
        for (name, count) in deadlines.occurrences() {
            simulation.count("sometimes: " + name, by: count)
        }
        var titles: Set<String> = []
        for entry in history.entries {
            switch (entry.operation, entry.outcome) {
            case (_, .unknown): simulation.count("sometimes: told nothing (2)")
            case (.retitle, .submission): simulation.count("sometimes: changed (18)")
            default: break
            }
            if case .submit(_, let title) = entry.operation, !titles.insert(title).inserted {
                simulation.count("sometimes: one intention sent twice at once (8)")
            }
        }
    }
}
