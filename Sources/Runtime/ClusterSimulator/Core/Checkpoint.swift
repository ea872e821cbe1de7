/// The hash of a run after a number of steps: two runs part between two checkpoints.
public struct Checkpoint: Sendable, Hashable {
    /// The number of steps from one checkpoint to the next.
    public static let interval = 256

    /// The number of steps before it.
    public let stepCount: Int
    /// The hash of everything up to it.
    public let hash: UInt64
}
