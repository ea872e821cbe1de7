import Platform
import SocketDrivers
import Synchronization

/// A connection that lasts: a thread of its own, which pipelines what waits and connects again
/// when the connection has broken.
final class RedisConnection: Sendable {
    typealias Answer = Result<RedisReply, CacheFailure>

    /// No reply: the command may or may not have been run.
    struct CacheFailure: Error {}

    /// A command on its way.
    struct Request: Sendable {
        let command: RedisCommand
        let deadline: Duration
        let continuation: CheckedContinuation<Answer, Never>
    }

    struct State {
        var waiting: [Request] = []
        /// Those that wait and those that were sent.
        var count = 0
        /// The last attempt to connect has failed.
        var isAway = false
        var isClosed = false
        /// The thread waits for the bell.
        var isParked = false
        var hasEnded = false
        var onEnd: [CheckedContinuation<Void, Never>] = []
    }

    let configuration: RedisConfiguration
    let platform: Platform
    let report: @Sendable (RedisConnectionEvent) -> Void
    let state = Mutex(State())
    let bell = Doorbell()

    init(
        _ configuration: RedisConfiguration, platform: Platform,
        report: @escaping @Sendable (RedisConnectionEvent) -> Void
    ) {
        self.configuration = configuration
        self.platform = platform
        self.report = report
    }

    func start() { DriverThread.start { self.run() } }

    /// The reply to a command; a failure at once when there is no connection or no room.
    func reply(to command: RedisCommand) async -> Answer {
        let deadline = platform.clock.uptime + configuration.timeouts.operation
        return await withCheckedContinuation { continuation in
            offer(Request(command: command, deadline: deadline, continuation: continuation))
        }
    }

    /// Takes no more commands, fails those that wait, and lets the thread end.
    func close() {
        state.withLock { $0.isClosed = true }
        bell.ring()
    }

    /// Returns when the thread has ended.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.onEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func offer(_ request: Request) {
        let (isTaken, mustRing) = state.withLock { state in
            guard !state.isClosed, !state.isAway, state.count < configuration.requestCountMaximum
            else { return (false, false) }
            state.waiting.append(request)
            state.count += 1
            defer { state.isParked = false }
            return (true, state.isParked)
        }
        if mustRing { bell.ring() }
        if !isTaken { request.continuation.resume(returning: .failure(CacheFailure())) }
    }
}
