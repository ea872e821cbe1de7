/// A port of one node was used from another node's lane; the run also reports a violation.
public struct WrongNode: Error, Sendable, Hashable {
    /// The node whose port it is.
    public let owner: String
    /// The node that used it; empty when it was used between two jobs.
    public let user: String
}
