/// What a run is started with; together with the program it decides all of the run.
public struct SimulationOptions: Sendable {
    /// The seed of everything that is drawn.
    public var seed: UInt64
    /// How ready jobs are picked; nil draws the policy from the seed.
    public var policy: SchedulingPolicy?
    /// The number of steps among which PCT places its changes of priority; nil draws a power of
    /// two from 16 to 8192 from the seed.
    public var stepCountExpected: Int?
    /// The number of steps, and of plain events, after which a run is given up.
    public var stepCountMaximum = 10_000_000
    /// The virtual time after which a run is given up.
    public var virtualTimeMaximum = Duration.seconds(366 * 86_400)
    /// The real time after which one job counts as stuck and the process is ended.
    public var jobRealTimeMaximum = Duration.seconds(20)
    /// Whether the run's events are kept, with their texts, for a report to people.
    public var recordsTrace = false
    /// Whether the trace holds a job for every step, which are most of its events.
    public var recordsJobs = true
    /// The number of events, and of faults and violations besides, of which the trace keeps the
    /// last.
    public var traceEventCountMaximum = 1_000_000
    /// Whether the hash is kept every ``Checkpoint/interval`` steps, to find where two runs part.
    public var recordsCheckpoints = false

    /// The options of an ordinary run.
    public init(seed: UInt64, policy: SchedulingPolicy? = nil) {
        self.seed = seed
        self.policy = policy
    }
}
