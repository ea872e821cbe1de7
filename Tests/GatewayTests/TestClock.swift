import Platform
import Synchronization

/// A node's clock whose time of day a test can move on.
final class TestClock: NodeClock {
    private let clock: any NodeClock
    private let shift = Mutex(Duration.zero)

    init(_ clock: any NodeClock) { self.clock = clock }

    var now: Instant { clock.now + shift.withLock { $0 } }
    var uptime: Duration { clock.uptime }

    func sleep(for duration: Duration) async throws { try await clock.sleep(for: duration) }

    func advance(by duration: Duration) { shift.withLock { $0 += duration } }
}
