import Platform

/// Where in a run something happened.
public struct Place: Sendable, Hashable {
    /// The run's seed.
    public let seed: UInt64
    /// The number of steps before it.
    public let stepCount: Int
    /// The true virtual time; nil when another thread could not know it.
    public let time: Duration?
    /// The node's name; empty between two jobs.
    public let node: String
    /// The number of the lane; nil between two jobs.
    public let lane: Int?
    /// The name of the started task; empty between two jobs.
    public let task: String

    init(seed: UInt64, stepCount: Int, time: Duration?, lane: Lane?) {
        self.seed = seed
        self.stepCount = stepCount
        self.time = time
        node = lane?.node.name ?? ""
        self.lane = lane?.number
        task = lane?.name ?? ""
    }
}

extension Place: CustomStringConvertible {
    public var description: String {
        let actor = lane.map { "node \(node) lane \($0) task \"\(task)\"" } ?? "between two jobs"
        let when = time.map { "\($0)" } ?? "unknown time"
        return "seed \(seed) step \(stepCount) \(when) \(actor)"
    }
}
