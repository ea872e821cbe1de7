import Platform

/// How long a connection rests before it is tried again: twice as long each time, drawn between
/// half of it and the whole, so that clients of one server do not all come back at once.
package struct ReconnectRest {
    /// The first rest.
    package static let minimum = Duration.milliseconds(50)

    private let maximum: Duration
    private let random: any RandomSource
    private var failureCount = 0

    package init(atMost maximum: Duration, random: any RandomSource) {
        self.maximum = maximum
        self.random = random
    }

    /// The rest after one more failure.
    package mutating func next() -> Duration {
        let whole = min(Self.minimum * (1 << failureCount), maximum)
        failureCount = min(failureCount + 1, 16)
        return whole / 2 + random.duration(below: whole / 2, for: "driver reconnect")
    }

    /// Forgets the failures.
    package mutating func reset() { failureCount = 0 }
}
