import Platform

/// What an instance is registered with.
struct ConsulRegistration: Encodable, Sendable {
    /// The keys of an instance's metadata.
    enum MetaKey {
        /// Where the agent is that keeps the instance's local state.
        static let agent = "agent"
        /// The exact text of the instance's address.
        static let address = "address"
    }

    struct Check: Encodable, Sendable {
        let id: String
        let name: String
        /// Only an instance that serves registers.
        let status = "passing"
        var timeToLive: String?
        var deregisterAfter: String?
        var url: String?
        var interval: String?
        var timeout: String?

        enum CodingKeys: String, CodingKey {
            case id = "CheckID"
            case name = "Name"
            case status = "Status"
            case timeToLive = "TTL"
            case deregisterAfter = "DeregisterCriticalServiceAfter"
            case url = "HTTP"
            case interval = "Interval"
            case timeout = "Timeout"
        }
    }

    let id: String
    let name: String
    let tags: [String]
    let address: String
    let port: Int
    let meta: [String: String]
    let checks: [Check]

    enum CodingKeys: String, CodingKey {
        case id = "ID"
        case name = "Name"
        case tags = "Tags"
        case address = "Address"
        case port = "Port"
        case meta = "Meta"
        case checks = "Checks"
    }

    init(_ instance: ServiceInstance, _ configuration: ConsulRegistry.Configuration) {
        id = instance.id.text
        name = instance.service.text
        tags = [configuration.tag]
        (address, port) = Self.split(instance.address.text)
        let own = [
            MetaKey.agent: configuration.advertisedAgent,
            MetaKey.address: instance.address.text,
        ]
        meta = own.merging(configuration.metadata(instance)) { own, _ in own }
        checks = [.said(by: id, configuration)] + Check.answered(by: instance, configuration)
    }

    /// The id of the check that an instance passes itself.
    static func checkID(of instance: String) -> String { "service:\(instance)" }

    /// Host and port of an address; what has no port is a host, and its port is 0.
    static func split(_ address: String) -> (host: String, port: Int) {
        guard let colon = address.lastIndex(of: ":"), colon > address.startIndex,
            let port = UInt16(address[address.index(after: colon)...])
        else { return (address, 0) }
        return (String(address[..<colon]), Int(port))
    }

    /// A duration as Go reads it.
    static func text(_ duration: Duration) -> String { "\(max(1, duration.milliseconds))ms" }
}

extension ConsulRegistration.Check {
    fileprivate static func said(
        by instance: String, _ configuration: ConsulRegistry.Configuration
    ) -> Self {
        Self(
            id: ConsulRegistration.checkID(of: instance), name: "said by the instance",
            timeToLive: ConsulRegistration.text(configuration.timeToLive),
            deregisterAfter: ConsulRegistration.text(configuration.deregisterAfter))
    }

    fileprivate static func answered(
        by instance: ServiceInstance, _ configuration: ConsulRegistry.Configuration
    ) -> [Self] {
        guard let check = configuration.httpCheck else { return [] }
        return [
            Self(
                id: ConsulRegistration.checkID(of: instance.id.text) + ":http",
                name: "answered by the instance", url: check.url(instance),
                interval: ConsulRegistration.text(check.interval),
                timeout: ConsulRegistration.text(check.timeout))
        ]
    }
}
