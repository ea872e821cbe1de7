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

    /// What of an event can be drawn and not only read.
    public enum Detail: Sendable, Hashable {
        /// Nothing.
        case none
        /// Something went from one place to another.
        case travel(TraceTravel)
        /// A node, a server or the network got into a condition that lasts.
        case condition(TraceCondition)
    }

    /// Its number among the events of the run, from 0; numbers that are missing were left out.
    public let ordinal: Int
    /// The number of steps before it.
    public let stepCount: Int
    /// The true virtual time.
    public let time: Duration
    /// The name of the node or server; empty for the simulation itself.
    public let node: String
    /// Which life of the node; 0 for what has no lives.
    public let incarnation: Int
    /// The lane that ran; nil between two jobs.
    public let lane: Int?
    /// What sort of thing happened.
    public let kind: Kind
    /// What happened, in words.
    public let text: String
    /// What of it can be drawn.
    public let detail: Detail

    /// Whether it is kept when others are left out: a fault, a broken invariant, an escape.
    var isKept: Bool { kind == .fault || kind == .violation || kind == .escape }
}
