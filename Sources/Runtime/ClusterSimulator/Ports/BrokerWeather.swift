/// How badly a broker of events treats its clients.
public struct BrokerWeather: Sendable, Hashable {
    /// How long anything travels, one way.
    public var latency: ClosedRange<Duration> = .microseconds(50)...Duration.milliseconds(3)
    /// Publications, signals and openings of a channel of a thousand that are refused because
    /// the broker is away.
    public var unavailablePermille = 0
    /// Publications of a thousand that never arrive.
    public var lostPublicationPermille = 0
    /// Publications of a thousand whose confirmation is lost.
    public var lostConfirmPermille = 0
    /// Publications of a thousand that take long.
    public var slowPermille = 0
    /// Deliveries of a thousand soon after which the channel breaks.
    public var brokenChannelPermille = 0
    /// Channels of a thousand whose events come back in another order.
    public var reorderPermille = 0
    /// Crashes of a thousand that the broker notices only by a missing heartbeat.
    public var halfOpenPermille = 0
    /// Signals of a thousand that a listener does not hear.
    public var lostSignalPermille = 0

    /// A broker that only takes its time.
    public static let calm = BrokerWeather()

    /// A broker without faults.
    public init() {}

    /// How long a slow publication takes more.
    static let slowness: ClosedRange<Duration> = .milliseconds(50)...Duration.seconds(2)
    /// How long after a delivery its channel breaks.
    static let breakDelay: ClosedRange<Duration> = .zero...Duration.milliseconds(200)
    /// How long a broker takes to notice a peer that is silent.
    static let heartbeat = Duration.seconds(10)
    /// How long a broker is away when it starts again.
    static let startTime: ClosedRange<Duration> = .seconds(1)...Duration.seconds(15)
}
