/// How badly a server of documents, files or letters treats its clients.
public struct StorageWeather: Sendable, Hashable {
    /// How long half of an operation takes.
    public var latency: ClosedRange<Duration> = .microseconds(50)...Duration.milliseconds(3)
    /// Operations of a thousand that are refused because the server is away.
    public var unavailablePermille = 0
    /// Changes of a thousand whose answer is lost, made or not made.
    public var unknownPermille = 0
    /// Operations of a thousand that take long.
    public var slowPermille = 0

    /// A server that only takes its time.
    public static let calm = StorageWeather()

    /// A server without faults.
    public init() {}

    /// How long a slow operation takes more.
    static let slowness: ClosedRange<Duration> = .milliseconds(50)...Duration.seconds(2)
}
