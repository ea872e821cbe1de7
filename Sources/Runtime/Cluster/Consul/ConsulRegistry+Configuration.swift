import Platform

extension ConsulRegistry {
    /// How a process uses Consul.
    public struct Configuration: Sendable {
        /// The HTTP address of the agent that the process talks to, as host and port.
        public var agent: String
        /// The HTTP address under which other processes reach that agent.
        public var advertisedAgent: String
        /// The secret of an access control list, sent as `X-Consul-Token`.
        public var token: String?
        /// What marks the services of this cluster among all that Consul knows.
        public var tag = "cluster-instance"
        /// How long an instance passes after it said that it serves.
        public var timeToLive = Duration.seconds(6)
        /// After which critical time Consul itself removes an instance that no janitor removed:
        /// Consul takes 60 s at least, and up to 30 s more.
        public var deregisterAfter = Duration.seconds(60)
        /// How long a short request may take.
        public var requestTimeout = Duration.seconds(1)
        /// How long a query may take beyond what it was asked to wait: an election takes 3 s.
        public var queryTimeout = Duration.seconds(4)
        /// What else is to be known of an instance, by short words: for others than its peers.
        public var metadata: @Sendable (ServiceInstance) -> [String: String] = { _ in [:] }
        /// The check by which Consul asks the instance, if it shall.
        public var httpCheck: HTTPCheck?

        /// The usual configuration of a process beside `agent`.
        public init(agent: String) {
            self.agent = agent
            advertisedAgent = agent
        }
    }

    /// A check by which the agent asks the instance over HTTP.
    public struct HTTPCheck: Sendable {
        /// What is asked of an instance; an answer of 2xx passes.
        public var url: @Sendable (ServiceInstance) -> String
        /// The time from one question to the next.
        public var interval: Duration
        /// How long an answer may take.
        public var timeout: Duration

        /// Describes a check.
        public init(
            interval: Duration, timeout: Duration,
            url: @escaping @Sendable (ServiceInstance) -> String
        ) {
            self.interval = interval
            self.timeout = timeout
            self.url = url
        }
    }

    /// What is read of one answer, at most.
    enum Limit {
        static let answerByteCountMaximum = 4 << 20
        /// How long ago a server may have heard of a leader, for its answer to be good.
        static let staleAgeMaximum = Duration.seconds(10)
        static let checkCountMaximum = 10_000
        static let serviceCountMaximum = 200
        static let instanceCountMaximum = 1000
    }
}
