import Platform

/// Tells a quiet connection from a dead one.
struct WirePulse {
    /// How long a side is quiet before it is asked for a sign of life.
    static let patience = Duration.seconds(5)
    /// How long the sign may take.
    static let answerTimeout = Duration.seconds(5)
    /// How long the accepting side waits for anything at all.
    static let silenceMaximum = Duration.seconds(30)

    private var lastHeard: Duration
    private var asked: Duration?

    init(now: Duration) { lastHeard = now }

    mutating func heard(now: Duration) { (lastHeard, asked) = (now, nil) }

    /// Whether the other side is to be asked for a sign of life now.
    mutating func asks(now: Duration) -> Bool {
        guard asked == nil, now - lastHeard >= Self.patience else { return false }
        asked = now
        return true
    }

    /// Whether the other side was asked and has not given any sign of life since.
    func isDead(now: Duration) -> Bool {
        asked.map { now - $0 >= Self.answerTimeout } ?? false
    }

    /// Whether nothing has come for so long that the other side, which asks, must be gone.
    func isSilent(now: Duration) -> Bool { now - lastHeard >= Self.silenceMaximum }
}
