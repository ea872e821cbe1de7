import Platform

/// One thing that happened in a run, for people to read.
public struct TraceEvent: Sendable, Hashable {
    /// What sort of thing happened; ports add their own.
    public struct Kind: Sendable, Hashable {
        /// The kind's name.
        public let name: String

        /// Names a kind.
        public init(_ name: String) { self.name = name }

        /// A job ran; the text is its task's name.
        public static let job = Self("job")
        /// A task started; the text is its name.
        public static let start = Self("start")
        /// A fault was set off.
        public static let fault = Self("fault")
        /// An invariant was broken.
        public static let violation = Self("violation")
        /// Work left the simulation.
        public static let escape = Self("escape")
        /// A note of the system under test.
        public static let note = Self("note")
    }

    /// The number of steps before it.
    public let stepCount: Int
    /// The true virtual time.
    public let time: Duration
    /// The node's name; empty for the simulation itself.
    public let node: String
    /// Which life of the node.
    public let incarnation: Int
    /// The lane that ran; nil between two jobs.
    public let lane: Int?
    /// What sort of thing happened.
    public let kind: Kind
    /// What happened, in words.
    public let text: String
}
