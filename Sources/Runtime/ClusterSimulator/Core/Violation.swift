import Platform

/// Something that must always hold and did not.
public struct Violation: Sendable, Hashable {
    /// The name of what was broken; the simulator's own are below.
    public let invariant: String
    /// What was seen.
    public let detail: String
    /// Where in the run.
    public let place: Place

    /// A port of one node was used from another's lane.
    public static let wrongNode = "a node uses its own ports only"
    /// A task could not be ended after the verdict.
    public static let leakedTask = "every task ends when it is cancelled and its ports fail"
}

extension Violation: CustomStringConvertible {
    public var description: String { "VIOLATION \(invariant): \(detail) at \(place)" }
}
