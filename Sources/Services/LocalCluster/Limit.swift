/// How large a local cluster may be, and how long anybody waits for it.
enum Limit {
    static let replicaCountMaximum = 16
    static let machineCountMaximum = 200
    /// How long a backing server may take to start.
    static let serverStart = Duration.seconds(60)
    /// How long a service's instance may take until Consul calls it passing.
    static let serviceStart = Duration.seconds(40)
    /// How long whoever was asked to end may take, before it is killed.
    static let gracefulEnd = Duration.seconds(10)
    static let killedEnd = Duration.seconds(10)
    /// The time between two looks at something that is waited for.
    static let pollInterval = Duration.milliseconds(100)
    /// How long one question to a server may take.
    static let probe = Duration.seconds(2)
    static let answerByteCountMaximum = 4 << 20
}
