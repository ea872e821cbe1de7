import CSimulator
import Platform

/// What catches work that leaves a simulation; it changes nothing for threads that run none.
enum SafetyNet {
    private static let isSpread: Bool = {
        GuardedExecutorFactory.install()
        csimulator_on_escape { function in
            guard let simulation = Simulation.current, let function else { return }
            simulation.escape(.call(String(cString: function)), job: nil)
        }
        return true
    }()

    /// Puts the net under the whole process, once.
    static func spread() { precondition(isSpread) }
}

extension Simulation {
    /// Reports a job that left and runs it all the same, on the lane that made it: so one run
    /// can report more than one escape, and nothing hangs for the lack of it.
    func keepInside(_ job: UnownedJob, _ kind: Escape.Kind, after delay: Duration? = nil) {
        escape(kind, job: job)
        let lane = runningLane ?? makeLane(world, "stray")
        var ready = ReadyJob(job: job, lane: lane)
        ready.isMainActorJob = kind == .mainActor
        if let delay, !isReaping { set(.job(ready), after: delay) } else { admit(ready) }
    }
}
