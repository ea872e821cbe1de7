import ClusterSimulator
import PeerReview
import StarchairAPI
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
        (DeadlineInvariants.occurrenceNames + [sentTwice, "restarted"] + rushes)
        .map { "sometimes: " + $0 }
    /// Of what rushes show, what is about the deadline.
    private static let rushes = [Occurrence.titleChanged, Occurrence.told]
    private static let sentTwice = "one intention sent twice at once (8)"
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
    private static let arrivalPhase = Duration.seconds(60)

    private let stage: RushStage
    private let clocks: ClockWatch

    init(_ simulation: Simulation, _ plant: Plant?) {
        stage = RushStage(simulation, plant, skewPermille: 700)
        clocks = ClockWatch(stage.cluster, of: .conference)
    }

    private static var adversity: Adversity {
        var adversity = Adversity()
        // A clock that is set while the deadline comes is what this is about.
        adversity.alwaysEvents = [.clockStep, .crash]
        adversity.pace = .seconds(4)
        return adversity
    }

    func run() async {
        stage.boot()
        clocks.begin { [weak stage] in stage?.isOver ?? true }
        let rush = DeadlineRush(.init(), in: await stage.makeTown())
        let (chair, chairNode) = stage.enter("chair") { [stage] visitor, node in
            await rush.chair(
                visitor, administrator: stage.cluster.visitor("administrator", on: node))
        }
        for number in 1...rush.size.authorCount {
            stage.enter("author\(number)") { visitor, _ in await rush.author(visitor) }
        }
        // Who cannot arrive is not there when the deadline comes, so trouble begins after that.
        await stage.simulation.wait(atMost: Self.arrivalPhase) { rush.conference != nil }
        let nemesis = Nemesis(stage.cluster, Self.adversity)
        nemesis.begin()
        let healed = await stage.wait(under: nemesis)
        guard rush.failure == nil, let conference = rush.conference else {
            return stage.simulation.fail(
                "L the conference opens", rush.failure?.detail ?? "it did not")
        }
        await stage.judge(
            healed: healed, on: chairNode, reading: { await rush.audit(chair) },
            besides: { deadlines(of: conference, healed: healed).findings() })
        countSometimes(deadlines(of: conference, healed: healed))
    }

    private func deadlines(of conference: ConferenceID, healed: Duration) -> DeadlineInvariants {
        DeadlineInvariants(
            stage.history,
            .init(of: conference, start: clocks.start, clockError: clocks.error, healed: healed))
    }

    private func countSometimes(_ deadlines: DeadlineInvariants) {
        for (name, count) in deadlines.occurrences() {
            stage.simulation.count("sometimes: " + name, by: count)
        }
        var titles: Set<String> = []
        stage.count { entry in
            if case .submit(_, let title) = entry.operation, !titles.insert(title).inserted {
                Self.sentTwice
            } else {
                nil
            }
        }
        stage.count { Occurrence.ofRush($0).flatMap { Self.rushes.contains($0) ? $0 : nil } }
    }
}
