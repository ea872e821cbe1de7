/// What a cache forgets and remembers although it should not.
public struct CacheWeather: Sendable, Hashable {
    /// Questions of a thousand whose value was evicted just before.
    public var evictionPermille = 0
    /// Operations of a thousand before which another server takes over.
    public var failOverPermille = 0
    /// Operations of a thousand before which the cache's clock is set to another wrong time.
    public var clockStepPermille = 0

    /// A cache that forgets what expires and nothing else.
    public static let calm = CacheWeather()

    /// A cache without faults.
    public init() {}

    /// How far back the changes lie that a fail-over undoes, at most.
    static let replicationLag: ClosedRange<Duration> = .zero...Duration.seconds(1)
    /// How far the cache's clock steps from the truth, in milliseconds either way; a value lives
    /// at most twice that longer or shorter.
    static let clockErrorMaximum = 2000
    /// How long the cache is away when it starts again.
    static let startTime: ClosedRange<Duration> = .milliseconds(100)...Duration.seconds(2)
}
