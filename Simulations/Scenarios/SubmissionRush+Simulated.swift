import Cluster
import ClusterSimulator
import PeerReview
import Platform
import StarchairAPI
import Synchronization
import Trials

extension Scenario {
    /// The rush at a deadline, with two instances of each service and every kind of fault.
    public static func submissionRush(_ plant: Plant? = nil) -> Scenario {
        Scenario(
            "submission-rush",
            "Eight authors hand in, change and read while the chair closes and nodes die.",
            sometimes: SimulatedRush.sometimes, faults: SimulatedRush.faults
        ) { simulation in
            await SimulatedRush(simulation, plant).run()
        }
    }
}

/// One run of the rush: a phase with faults, healing, and a phase in which all must end well.
private final class SimulatedRush: @unchecked Sendable {
    static let sometimes = [
        "sometimes: accepted", "sometimes: refused as closed", "sometimes: changed",
        "sometimes: version conflict", "sometimes: spy refused", "sometimes: reused id refused",
        "sometimes: told nothing", "sometimes: restarted", "commits", "calls",
    ]
    static let faults =
        [
            "crash", "pause", "slow", "graceful stop", "partition", "clock skew", "clock step",
            "lost request", "lost reply", "late reply", "duplicated request", "reordered message",
            "files power loss", "consul down", "mail down", "upload cut",
        ].map { "fault: \($0)" }
        + ["user", "conference", "draft"].flatMap { name in
            ["unavailable", "outcome unknown"].map { "fault: database \(name) \($0)" }
        }

    /// How long the faults last at most.
    static let safetyPhase = Duration.seconds(60)
    /// How long everybody may take to finish once the faults have healed: the patience of a
    /// visitor and the longest rest of an outbox row.
    static let livenessPhase = Duration.seconds(300)

    /// How long the last reads and the last letters may take.
    static let auditPhase = Duration.seconds(180)

    /// Links for the administrator: an answer that is lost spends one.
    static let linkCount = 6

    private let simulation: Simulation
    private let cluster: SimulatedCluster
    private let history: History
    private let state = Mutex(State())

    private struct State {
        var conference: ConferenceID?
        var isChairDone = false
        var unfinishedCount = 0
        var submissions: [SubmissionView]?
    }

    init(_ simulation: Simulation, _ plant: Plant?) {
        self.simulation = simulation
        let clocks = simulation.random("skewed clocks").chance(permille: 500)
        cluster = SimulatedCluster(
            simulation, instanceCount: 2, clocks: clocks, plant: plant,
            without: [.invitation, .discussion, .reviewProcess])
        history = History { simulation.now }
    }

    func run() async {
        for machine in cluster.machines { cluster.boot(machine) }
        let rush = rush(administratorTokens: await OperatorsLinks(cluster).mint(Self.linkCount))
        let nemesis = Nemesis(cluster)
        nemesis.begin()
        let chairNode = simulation.makeNode("chair")
        let chair = cluster.visitor("chair", on: chairNode)
        chairNode.start("chair") { await self.chair(rush, chair, on: chairNode) }
        for number in 1...rush.size.authorCount { startAuthor(number, rush) }
        await simulation.wait(atMost: Self.safetyPhase) { self.isQuiet }
        nemesis.heal()
        let healed = simulation.now
        await simulation.wait(atMost: Self.livenessPhase) { self.isQuiet }
        if !isQuiet {
            simulation.fail(
                "L everybody finishes after healing", "\(state.withLock(\.unfinishedCount)) did not"
            )
        }
        chairNode.start("audit") { await self.audit(rush, chair) }
        await judge(healed: healed)
        countSometimes()
    }

    private var isQuiet: Bool { state.withLock { $0.unfinishedCount == 0 && $0.isChairDone } }

    private func rush(administratorTokens: [String]) -> SubmissionRush {
        let town = Town(
            letters: { [post = cluster.post] in post.sentLetters },
            administratorTokens: administratorTokens, history: history)
        return SubmissionRush(.init(), in: town)
    }

    private func chair(
        _ rush: SubmissionRush, _ chair: Visitor, on node: SimulatedNode
    ) async {
        let administrator = cluster.visitor("administrator", on: node)
        let conference = await rush.prepare(chair: chair, administrator: administrator)
        state.withLock { $0.conference = conference }
        guard let conference else {
            simulation.fail("L the conference opens", "it was not opened")
            return state.withLock { $0.isChairDone = true }
        }
        let draws = simulation.random("chair")
        for _ in 0..<draws.below(5) {
            await move(conference, to: .bidding, after: .seconds(3), rush, chair)
            // A short close lets what was refused meet the window open again.
            await move(conference, to: .submitting, after: .milliseconds(500), rush, chair)
        }
        await move(conference, to: .bidding, after: .seconds(12), rush, chair)
        state.withLock { $0.isChairDone = true }
    }

    /// Opens or closes after a drawn pause.
    private func move(
        _ conference: ConferenceID, to state: ConferenceState, after longest: Duration,
        _ rush: SubmissionRush, _ chair: Visitor
    ) async {
        let pause = chair.platform.random.duration(below: longest, for: "pause before a move")
        do { try await chair.platform.clock.sleep(for: pause) } catch { return }
        _ = await rush.move(conference, to: state, by: chair)
    }

    private func startAuthor(_ number: Int, _ rush: SubmissionRush) {
        let node = simulation.makeNode("author\(number)")
        let visitor = cluster.visitor("author\(number)", on: node)
        state.withLock { $0.unfinishedCount += 1 }
        node.start("author") { [self] in
            defer { state.withLock { $0.unfinishedCount -= 1 } }
            while state.withLock({ $0.conference == nil && !$0.isChairDone }) {
                let pause = visitor.platform.random.duration(below: .seconds(1), for: "waiting")
                do { try await visitor.platform.clock.sleep(for: pause) } catch { return }
            }
            guard let conference = state.withLock(\.conference) else { return }
            await rush.author(visitor, to: conference)
        }
    }

    private func audit(_ rush: SubmissionRush, _ chair: Visitor) async {
        guard let conference = state.withLock(\.conference) else {
            return state.withLock { $0.submissions = [] }
        }
        while state.withLock({ $0.submissions == nil }) {
            let found = await rush.audit(conference, by: chair)
            state.withLock { $0.submissions = found }
        }
    }

    private func judge(healed: Duration) async {
        await simulation.wait(atMost: Self.auditPhase) {
            self.state.withLock { $0.submissions != nil }
        }
        guard let submissions = state.withLock(\.submissions) else {
            return simulation.fail("L the chair reads the submissions", "no answer came")
        }
        var findings: [Finding] = []
        let end = simulation.now + Self.auditPhase
        repeat {
            await simulation.rest(for: .seconds(1))
            let rest = RestingState(
                submissions: submissions, letters: cluster.post.sentLetters, healed: healed)
            findings = SubmissionInvariants(history, rest).findings()
        } while !findings.isEmpty && findings.allSatisfy { $0.isAboutReceipts }
            && simulation.now < end
        for finding in findings { simulation.fail(finding.invariant, finding.detail) }
    }

    private func countSometimes() {
        for entry in history.entries {
            switch (entry.operation, entry.outcome) {
            case (.submit, .submission): simulation.count("sometimes: accepted")
            case (.submit, .refused("windowClosed")):
                simulation.count("sometimes: refused as closed")
            case (.retitle, .submission): simulation.count("sometimes: changed")
            case (.retitle, .refused("versionConflict")):
                simulation.count("sometimes: version conflict")
            case (.spy, .refused): simulation.count("sometimes: spy refused")
            case (.reuseID, .refused): simulation.count("sometimes: reused id refused")
            case (_, .unknown): simulation.count("sometimes: told nothing")
            default: continue
            }
        }
    }
}
