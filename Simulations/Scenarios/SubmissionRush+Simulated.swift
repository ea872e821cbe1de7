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
    static let sometimes =
        Occurrence.ofRushes.map { "sometimes: " + $0 } + [
            "sometimes: restarted", "commits", "calls",
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

    private let stage: RushStage
    private let state = Mutex(State())

    private struct State {
        var conference: ConferenceID?
        var isChairDone = false
    }

    init(_ simulation: Simulation, _ plant: Plant?) {
        stage = RushStage(simulation, plant, skewPermille: 500)
    }

    func run() async {
        stage.boot()
        let rush = SubmissionRush(.init(), in: await stage.makeTown())
        let nemesis = Nemesis(stage.cluster)
        nemesis.begin()
        let (chair, chairNode) = stage.enter("chair") { [self] visitor, node in
            await self.chair(rush, visitor, on: node)
            state.withLock { $0.isChairDone = true }
        }
        for number in 1...rush.size.authorCount { enterAuthor(number, rush) }
        let healed = await stage.wait(under: nemesis)
        await stage.judge(healed: healed, on: chairNode) { [self] in
            guard let conference = state.withLock(\.conference) else { return [] }
            return await rush.audit(conference, by: chair)
        }
        stage.count(Occurrence.ofRush)
    }

    private func chair(
        _ rush: SubmissionRush, _ chair: Visitor, on node: SimulatedNode
    ) async {
        let administrator = stage.cluster.visitor("administrator", on: node)
        let conference = await rush.prepare(chair: chair, administrator: administrator)
        state.withLock { $0.conference = conference }
        guard let conference else {
            return stage.simulation.fail("L the conference opens", "it was not opened")
        }
        let draws = stage.simulation.random("chair")
        for _ in 0..<draws.below(5) {
            await move(conference, to: .bidding, after: .seconds(3), rush, chair)
            // A short close lets what was refused meet the window open again.
            await move(conference, to: .submitting, after: .milliseconds(500), rush, chair)
        }
        await move(conference, to: .bidding, after: .seconds(12), rush, chair)
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

    private func enterAuthor(_ number: Int, _ rush: SubmissionRush) {
        stage.enter("author\(number)") { [self] visitor, _ in
            while state.withLock({ $0.conference == nil && !$0.isChairDone }) {
                let pause = visitor.platform.random.duration(below: .seconds(1), for: "waiting")
                do { try await visitor.platform.clock.sleep(for: pause) } catch { return }
            }
            guard let conference = state.withLock(\.conference) else { return }
            await rush.author(visitor, to: conference)
        }
    }
}
