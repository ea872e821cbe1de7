/// What a node that is down cannot do: its ports throw it while the reaper ends what the run left
/// behind, and who waits for a step of a node gets it when the node crashed.
public struct NodeIsDown: Error, Sendable, Hashable {
    /// The node's name.
    public let node: String
}
