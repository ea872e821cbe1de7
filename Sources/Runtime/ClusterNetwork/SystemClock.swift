import Glibc
import Platform

/// The machine's clocks.
public struct SystemClock: NodeClock {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// A clock whose uptime begins now.
    public init() { start = clock.now }

    public var now: Instant {
        var time = timespec()
        precondition(clock_gettime(CLOCK_REALTIME, &time) == 0, "a machine has a clock")
        return Instant(
            millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public var uptime: Duration { clock.now - start }

    public func sleep(for duration: Duration) async throws {
        try await clock.sleep(for: duration)
    }
}
