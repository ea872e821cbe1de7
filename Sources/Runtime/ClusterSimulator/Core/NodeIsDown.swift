/// What every port of a node throws while the reaper ends what the run left behind.
public struct NodeIsDown: Error, Sendable, Hashable {
    /// The node's name.
    public let node: String
}
