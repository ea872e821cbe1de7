/// A condition into which a fault brings a node, a server or the network.
public enum TraceCondition: Sendable, Hashable {
    /// The node's process ended; another life may begin.
    case crashed
    /// The node runs nothing until then, in virtual time.
    case paused(until: Duration)
    /// The server answers nobody until then, in virtual time.
    case away(until: Duration)
    /// The server answers again.
    case back
    /// What the senders send does not reach the receivers.
    case cut(senders: [String], receivers: [String])
    /// Nothing is cut any more.
    case joined
}
