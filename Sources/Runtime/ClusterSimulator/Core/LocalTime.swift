import Platform

/// A node's time as a function of the true one: a line whose slope can change and which can jump.
struct LocalTime {
    /// What the true time of a run's beginning is called: 2026-03-01T00:00:00Z.
    static let epoch = Instant(millisecondsSince1970: 1_772_323_200_000)

    /// The true time, in nanoseconds, at which the present drift began.
    private var anchor: Int64
    /// The node's own time then, counted from the run's beginning, without offset and steps.
    private var localAtAnchor: Int64
    /// The node's own time when its life began.
    private let localAtBirth: Int64
    private var drift: Int64
    /// How far the time of day is ahead of the node's own time.
    private var wallOffset: Int64

    init(_ fault: ClockFault, bornAt birth: Int64) {
        drift = Int64(fault.driftPartsPerMillion)
        wallOffset = fault.offset.nanoseconds
        anchor = birth
        // As if the machine had drifted since the run began, so that a restart sets nothing right.
        localAtAnchor = birth + Self.scale(birth, by: drift)
        localAtBirth = localAtAnchor
    }

    mutating func setDrift(_ partsPerMillion: Int, at now: Int64) {
        localAtAnchor = local(at: now)
        anchor = now
        drift = Int64(partsPerMillion)
    }

    mutating func step(by duration: Duration) { wallOffset += duration.nanoseconds }

    func uptime(at now: Int64) -> Duration { .nanoseconds(local(at: now) - localAtBirth) }

    func wall(at now: Int64) -> Instant {
        Self.epoch + .nanoseconds(local(at: now) + wallOffset)
    }

    /// The least true time in which at least `duration` of the node's own time goes by.
    func trueDuration(of duration: Duration, from now: Int64) -> Duration {
        let wanted = max(0, duration.nanoseconds)
        let start = local(at: now)
        let rate = 1_000_000 + drift
        var length = wanted / rate * 1_000_000 + wanted % rate * 1_000_000 / rate
        while local(at: now + length) - start < wanted { length += 1 }
        return .nanoseconds(length)
    }

    private func local(at now: Int64) -> Int64 {
        localAtAnchor + (now - anchor) + Self.scale(now - anchor, by: drift)
    }

    /// `length` times so many millionths, without overflow.
    private static func scale(_ length: Int64, by millionths: Int64) -> Int64 {
        length / 1_000_000 * millionths + length % 1_000_000 * millionths / 1_000_000
    }
}
