import Platform

/// The platform of a real node: the machine's clock, generator, tasks and threads.
public struct SystemPlatform: Sendable {
    /// How large a node's platform is.
    public struct Configuration: Sendable {
        /// Threads for offloaded work, 1 or more.
        public var offloadThreadCount: Int
        /// Offloaded work that may wait for a thread.
        public var offloadWaitingCountMaximum: Int

        /// Describes a platform's size.
        public init(offloadThreadCount: Int, offloadWaitingCountMaximum: Int = 256) {
            self.offloadThreadCount = offloadThreadCount
            self.offloadWaitingCountMaximum = offloadWaitingCountMaximum
        }
    }

    /// The node's tasks.
    public let tasks: SystemTasks
    /// The node's threads for blocking work.
    public let offload: ThreadOffload
    /// The platform that services take.
    public let platform: Platform

    /// Starts the threads.
    public init(_ configuration: Configuration) {
        tasks = SystemTasks()
        offload = ThreadOffload(
            threadCount: configuration.offloadThreadCount,
            waitingCountMaximum: configuration.offloadWaitingCountMaximum)
        platform = Platform(
            clock: SystemClock(), random: SystemRandom(), tasks: tasks, offload: offload)
    }

    /// Ends all tasks, then all threads, and returns when none runs any more.
    public func shutDown() async {
        await tasks.shutDown()
        await offload.shutDown()
    }
}
