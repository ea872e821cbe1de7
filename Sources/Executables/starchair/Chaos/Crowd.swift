import Platform
import Synchronization
import Trials

/// Trials that go on beside each other: in each lane one after the other, until it is enough.
final class Crowd: Sendable {
    /// What takes place at once.
    struct Size {
        var conferenceCount: Int
        var rushCount: Int
        var deadlineCount: Int
        var authorCount: Int
    }

    private struct State {
        var isOver = false
        var trials: [any StageTrial] = []
        var busyLaneCount = 0
    }

    private let stage: TrialStage
    private let runName: String
    private let state = Mutex(State())

    /// Submissions of each author of a rush.
    static let submissionCount = 5

    init(on stage: TrialStage, runName: String) {
        self.stage = stage
        self.runName = runName
    }

    var isQuiet: Bool { state.withLock { $0.busyLaneCount == 0 } }
    var trials: [any StageTrial] { state.withLock(\.trials) }

    /// Begins no more.
    func conclude() { state.withLock { $0.isOver = true } }

    func start(_ size: Size) {
        startDeadlines(size)
        let stage = stage
        for lane in 1...max(1, size.conferenceCount) where size.conferenceCount > 0 {
            start(lane, "c") { suffix in
                var size = WholeConference.Size()
                // So that each run sees what is rare.
                (size.declinePermille, size.conflictPermille) = (120, 100)
                // The ways of requests and of their repetitions.
                size.stalenessMaximum += .seconds(2)
                return ConferenceTrial(suffix, size: size, on: stage)
            }
        }
        for lane in 1...max(1, size.rushCount) where size.rushCount > 0 {
            start(lane, "r") { suffix in
                var rush = SubmissionRush.Size()
                rush.authorCount = size.authorCount
                rush.submissionCount = Self.submissionCount
                return RushTrial(suffix, size: rush, on: stage)
            }
        }
    }

    private func startDeadlines(_ size: Size) {
        for lane in 1...max(1, size.deadlineCount) where size.deadlineCount > 0 {
            start(lane, "d") { [stage] in DeadlineTrial($0, on: stage) }
        }
    }

    private func start(
        _ lane: Int, _ kind: String, _ make: @escaping @Sendable (String) -> any StageTrial
    ) {
        state.withLock { $0.busyLaneCount += 1 }
        stage.platform.tasks.start("lane \(kind)\(lane)") { [self] in
            var generation = 0
            while !state.withLock(\.isOver), !Task.isCancelled {
                generation += 1
                let trial = make("-\(runName)\(kind)\(lane)x\(generation)")
                state.withLock { $0.trials.append(trial) }
                await trial.run()
            }
            state.withLock { $0.busyLaneCount -= 1 }
        }
    }
}
