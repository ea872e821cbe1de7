/// Why the cluster did not do what was asked, in words for whoever asked.
public struct ClusterFailure: Error, CustomStringConvertible, Sendable {
    public let description: String

    /// Says what is wrong and what can be done about it.
    public init(_ description: String) { self.description = description }
}
