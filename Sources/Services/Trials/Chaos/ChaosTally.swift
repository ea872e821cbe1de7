/// What was done to a cluster, how often, and how much was under way at each kill.
public struct ChaosTally: Hashable, Sendable {
    /// One end of a machine by SIGKILL.
    public struct Kill: Hashable, Sendable, Codable {
        /// What was done, and to whom.
        public let fault: ChaosFault
        /// Writes acknowledged in the second before, and under way.
        public let load: WriteMeter.Load

        /// Whether enough writes were under way for it to say anything.
        public var isUnderLoad: Bool {
            load.inFlightCount >= ChaosTally.inFlightMinimum
        }
    }

    /// Writes that must be under way when something is killed.
    public static let inFlightMinimum = 16

    /// How often each was done.
    public private(set) var counts: [String: Int] = [:]
    /// All kills in order.
    public private(set) var kills: [Kill] = []
    /// Faults that could not be brought about, and why.
    public private(set) var failures: [String] = []

    /// Nothing was done yet.
    public init() {}

    /// Counts a fault; of a deadly one, with what was under way.
    public mutating func add(_ fault: ChaosFault, _ load: WriteMeter.Load) {
        counts[fault.kind.rawValue, default: 0] += 1
        if fault.isDeadly { kills.append(Kill(fault: fault, load: load)) }
    }

    /// Notes what did not work.
    public mutating func addFailure(_ text: String) { failures.append(text) }

    /// How often something of a kind was done.
    public func count(of kind: ChaosFault.Kind) -> Int { counts[kind.rawValue] ?? 0 }

    /// Kills with too little under way.
    public var idleKillCount: Int { kills.count { !$0.isUnderLoad } }
}
