/// Everything a node may use that is not a pure function of its input.
///
/// A service takes its platform through its initialiser and uses nothing else for time, chance,
/// tasks or blocking work; so a simulation that supplies the platform decides all of them.
public struct Platform: Sendable {
    /// The node's clock.
    public let clock: any NodeClock
    /// The node's source of chance.
    public let random: any RandomSource
    /// Starts what runs beside the caller.
    public let tasks: any TaskStarter
    /// Runs what would block a thread.
    public let offload: any Offload

    /// Assembles a platform from its parts.
    public init(
        clock: any NodeClock, random: any RandomSource, tasks: any TaskStarter,
        offload: any Offload
    ) {
        self.clock = clock
        self.random = random
        self.tasks = tasks
        self.offload = offload
    }
}
