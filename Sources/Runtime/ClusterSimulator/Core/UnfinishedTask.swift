/// A started task that had not ended when its run did.
public struct UnfinishedTask: Sendable, Hashable {
    /// The node's name.
    public let node: String
    /// Which life of the node.
    public let incarnation: Int
    /// The number of the task's lane.
    public let lane: Int
    /// The name that it was started under.
    public let name: String
    /// The functions in which it waits.
    public let awaits: StackTrace
}

extension UnfinishedTask: CustomStringConvertible {
    public var description: String {
        "node \(node) (life \(incarnation)) lane \(lane) task \"\(name)\" waits in\n\(awaits)"
    }
}
