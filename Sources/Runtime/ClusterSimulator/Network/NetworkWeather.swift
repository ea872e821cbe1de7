/// How badly a network treats messages; each number is drawn for a run or set by a scenario.
public struct NetworkWeather: Sendable, Hashable {
    /// How long a message travels.
    public var latency: ClosedRange<Duration> = .microseconds(100)...Duration.milliseconds(2)
    /// Requests of a thousand that never arrive.
    public var lostRequestPermille = 0
    /// Answers of a thousand that never arrive.
    public var lostReplyPermille = 0
    /// Requests of a thousand that arrive twice.
    public var duplicatePermille = 0
    /// Answers of a thousand that arrive after the caller gave up.
    public var lateReplyPermille = 0
    /// Messages of a thousand that others overtake by far.
    public var reorderPermille = 0

    /// A network that only takes its time.
    public static let calm = NetworkWeather()

    /// A network without faults.
    public init() {}

    /// How far a reordered message falls behind.
    static let setback: ClosedRange<Duration> = .milliseconds(5)...Duration.milliseconds(500)
    /// How long after the first the second of two equal requests sets out.
    static let duplicateDelay: ClosedRange<Duration> = .zero...Duration.seconds(1)
    /// How late a late answer is.
    static let lateness: ClosedRange<Duration> = .seconds(1)...Duration.seconds(8)
}
