/// One moment of something that goes from place to place: a request, an answer, an operation.
///
/// Moments with one number belong to one arrow; arrows with one call belong together.
public struct TraceTravel: Sendable, Hashable {
    /// What travels.
    public enum Flow: String, Sendable, Hashable, CaseIterable {
        /// A call's request.
        case request
        /// The same request a second time.
        case duplicate
        /// The answer to a request.
        case answer
        /// An answer that sets out after the caller gave up.
        case late
        /// Word that nobody listens or that the connection broke.
        case failure
        /// Word that nobody waits any more.
        case cancellation
        /// An operation that changes nothing on a server, and its result.
        case read
        /// An operation that changes something on a server, and its result.
        case write
    }

    /// Which moment it is.
    public enum Moment: String, Sendable, Hashable, CaseIterable {
        /// It leaves.
        case departure
        /// It arrives.
        case arrival
        /// It arrives and goes back in the same instant.
        case turn
        /// It is gone.
        case loss
        /// The caller waits no longer.
        case expiry
    }

    /// The number of the arrow, from 1; 0 when it is none.
    public let number: Int
    /// The number of the call or operation that it is part of, from 1.
    public let call: Int
    /// What travels.
    public let flow: Flow
    /// Which moment it is.
    public let moment: Moment
    /// The node or server at the other end.
    public let peer: String
}
