import Ports

/// How long a live connection waits for its page.
struct WebSocketTiming: Sendable {
    /// Time between two pings: shorter than what proxies let a silent connection live.
    var pingInterval = Duration.seconds(25)
    /// Pings in a row that a page may leave unanswered.
    var unansweredPingCountMaximum = 2
    /// How long a page may leave a text unread.
    var sendTimeout = LiveLimits.sendTimeout
    /// How long a page may take to answer a close frame.
    var closeTimeout = Duration.seconds(2)
}
