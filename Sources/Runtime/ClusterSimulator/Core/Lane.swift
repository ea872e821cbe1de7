/// The executor of one started task and of all that it calls, its children too.
///
/// Its number, given in order of starting, is what identifies a task in a trace: job ids and
/// addresses differ between processes.
final class Lane: TaskExecutor, @unchecked Sendable {
    let simulation: Simulation
    let node: SimulatedNode
    let number: Int
    let name: String
    /// The lane's place in a PCT schedule; higher runs first.
    var priority: UInt64

    init(_ simulation: Simulation, _ node: SimulatedNode, number: Int, name: String) {
        self.simulation = simulation
        self.node = node
        self.number = number
        self.name = name
        priority = 0
    }

    func enqueue(_ job: consuming ExecutorJob) {
        simulation.enqueue(UnownedJob(job), on: self)
    }
}
