// The only file that uses what Swift does not yet promise: without it nothing breaks but the
// report of tasks that leave a simulation.
@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency

/// The process's default executor: passes jobs on, except on threads that run a simulation.
final class GuardedDefaultExecutor: TaskExecutor, SchedulingExecutor, @unchecked Sendable {
    static let shared = GuardedDefaultExecutor()
    private let system = PlatformExecutorFactory.defaultExecutor

    func enqueue(_ job: consuming ExecutorJob) {
        if let simulation = Simulation.current {
            simulation.keepInside(UnownedJob(job), .defaultExecutor)
        } else {
            system.enqueue(job)
        }
    }

    func enqueue<C: Clock>(
        _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
    ) {
        if let simulation = Simulation.current {
            simulation.keepInside(UnownedJob(job), .systemSleep, after: delay as? Duration)
        } else {
            system.asScheduling.enqueue(job, after: delay, tolerance: tolerance, clock: clock)
        }
    }

    func enqueue<C: Clock>(
        _ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C
    ) {
        if let simulation = Simulation.current {
            let delay = clock.now.duration(to: instant) as? Duration
            simulation.keepInside(UnownedJob(job), .systemSleep, after: delay)
        } else {
            system.asScheduling.enqueue(job, at: instant, tolerance: tolerance, clock: clock)
        }
    }
}

/// The process's main executor: passes jobs on, except on threads that run a simulation.
final class GuardedMainExecutor: MainExecutor, SchedulingExecutor, @unchecked Sendable {
    static let shared = GuardedMainExecutor()
    private let system = PlatformExecutorFactory.mainExecutor

    func run() throws { try system.run() }

    func stop() { system.stop() }

    func checkIsolated() { system.checkIsolated() }

    func enqueue(_ job: consuming ExecutorJob) {
        if let simulation = Simulation.current {
            simulation.keepInside(UnownedJob(job), .mainActor)
        } else {
            system.enqueue(job)
        }
    }

    func enqueue<C: Clock>(
        _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
    ) {
        system.asScheduling.enqueue(job, after: delay, tolerance: tolerance, clock: clock)
    }

    func enqueue<C: Clock>(
        _ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C
    ) {
        system.asScheduling.enqueue(job, at: instant, tolerance: tolerance, clock: clock)
    }
}

extension Executor {
    /// The platform's executors can all schedule; if one day one cannot, no clock would work.
    fileprivate var asScheduling: any SchedulingExecutor {
        guard let scheduling = self as? any SchedulingExecutor else {
            preconditionFailure("the platform's executor cannot schedule")
        }
        return scheduling
    }
}

/// Makes the guarded executors the process's own.
struct GuardedExecutorFactory: ExecutorFactory {
    static var mainExecutor: any MainExecutor { GuardedMainExecutor.shared }
    static var defaultExecutor: any TaskExecutor { GuardedDefaultExecutor.shared }

    static func install() { _createExecutors(factory: Self.self) }
}
