import CSimulator

/// Work that left a simulation's control: its run proves nothing and counts as failed.
public struct Escape: Sendable {
    /// How work can leave a simulation.
    public enum Kind: Sendable, Hashable {
        /// A job went to the process's default executor: a task without its node's preference.
        case defaultExecutor
        /// A task sleeps on a clock of the system.
        case systemSleep
        /// A job went to the main actor.
        case mainActor
        /// A function of the system that starts threads or queues work was called.
        case call(String)
        /// A thread outside the simulation resumed a task.
        case foreignThread
        /// A node made another node's job ready without a port: they share memory.
        case crossing(from: String, to: String)
    }

    /// What happened.
    public let kind: Kind
    /// Where it happened.
    public let place: Place
    /// The name of the task that ran; the started task's own when it is a child without one.
    public let task: String
    /// The calls that led to it.
    public let calls: StackTrace
    /// Where the job that left goes on; it can be one that the task only made.
    public let awaits: StackTrace
    /// Where the task that ran was suspended last.
    public let taskAwaits: StackTrace

    init(_ kind: Kind, at place: Place, job: UnownedJob?) {
        self.kind = kind
        self.place = place
        task = Task.name ?? place.task
        calls = .calls()
        awaits = .awaits(of: job?.address ?? 0)
        taskAwaits = .awaits(of: UInt(bitPattern: csimulator_current_task()))
    }
}

extension Escape: CustomStringConvertible {
    public var description: String {
        "ESCAPE \(kind) at \(place), in task \"\(task)\"\n    called from\n\(calls)\n"
            + "    goes on in\n\(awaits)\n    in the task that awaits in\n\(taskAwaits)"
    }
}
