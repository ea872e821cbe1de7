import ClusterSimulator
import PeerReview
import StarchairAPI
import Synchronization
import Trials

/// What the rushes at a deadline have in common: a cluster of the services that take
/// submissions, the people who come to it, and an end at which all must be well.
final class RushStage: @unchecked Sendable {
    /// How long the faults last at most.
    private static let safetyPhase = Duration.seconds(60)
    /// How long everybody may take to finish once the faults have healed: the patience of a
    /// visitor and the longest rest of an outbox row.
    private static let livenessPhase = Duration.seconds(300)
    /// How long the last reads and the last letters may take.
    private static let auditPhase = Duration.seconds(180)
    /// Links for the administrator: an answer that is lost spends one.
    private static let linkCount = 6

    let simulation: Simulation
    let cluster: SimulatedCluster
    let history: History
    private let state = Mutex(State())

    private struct State {
        var unfinishedCount = 0
        var submissions: [SubmissionView]?
        var isOver = false
    }

    /// Makes the machines; in `skewPermille` of a thousand seeds their clocks differ.
    init(_ simulation: Simulation, _ plant: Plant?, skewPermille: Int) {
        self.simulation = simulation
        let isSkewed = simulation.random("skewed clocks").chance(permille: skewPermille)
        cluster = SimulatedCluster(
            simulation, instanceCount: 2, clocks: isSkewed, plant: plant,
            without: [.invitation, .discussion, .reviewProcess])
        history = History { simulation.now }
    }

    /// Whether nothing more is done.
    var isOver: Bool { state.withLock(\.isOver) }

    func boot() {
        for machine in cluster.machines { cluster.boot(machine) }
    }

    /// The place where people come, and their letters arrive.
    func makeTown() async -> Town {
        let tokens = await OperatorsLinks(cluster).mint(Self.linkCount)
        return Town(
            letters: { [post = cluster.post] in post.sentLetters },
            administratorTokens: tokens, history: history)
    }

    /// Lets somebody come, with a machine of their own; who has not finished is waited for.
    @discardableResult
    func enter(
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

    /// Waits for everybody, first with the faults and then without; gives the time of healing.
    func wait(under nemesis: Nemesis) async -> Duration {
        await simulation.wait(atMost: Self.safetyPhase) { self.isQuiet }
        nemesis.heal()
        let healed = simulation.now
        await simulation.wait(atMost: Self.livenessPhase) { self.isQuiet }
        if !isQuiet {
            simulation.fail(
                "L everybody finishes after healing",
                "\(state.withLock(\.unfinishedCount)) people did not")
        }
        return healed
    }

    private var isQuiet: Bool { state.withLock { $0.unfinishedCount == 0 } }

    /// Reads what is stored in the end, and judges it until the last letters have come.
    func judge(
        healed: Duration, on node: SimulatedNode,
        reading read: @escaping @Sendable () async -> [SubmissionView]?,
        besides others: () -> [Finding] = { [] }
    ) async {
        defer { state.withLock { $0.isOver = true } }
        node.start("audit") { [self] in
            while state.withLock({ $0.submissions == nil && !$0.isOver }) {
                let found = await read()
                state.withLock { $0.submissions = found }
            }
        }
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
            findings = SubmissionInvariants(history, rest).findings() + others()
        } while !findings.isEmpty && findings.allSatisfy { $0.isAboutReceipts }
            && simulation.now < end
        for finding in findings { simulation.fail(finding.invariant, finding.detail) }
    }

    /// Counts what the entries of the history show.
    func count(_ occurrence: (History.Entry) -> String?) {
        for entry in history.entries {
            if let name = occurrence(entry) { simulation.count("sometimes: " + name) }
        }
    }
}
