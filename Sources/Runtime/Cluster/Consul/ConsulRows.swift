/// A check as Consul's catalogue lists it; only what is read is decoded.
struct ConsulCheckRow: Decodable, Hashable, Sendable {
    /// The check by which Consul's own gossip judges the agent of a node.
    static let nodeHealthID = "serfHealth"

    let node: String
    let checkID: String
    let status: String
    let serviceID: String
    let serviceName: String
    let serviceTags: [String]?
    let createIndex: UInt64
    let modifyIndex: UInt64

    enum CodingKeys: String, CodingKey {
        case node = "Node"
        case checkID = "CheckID"
        case status = "Status"
        case serviceID = "ServiceID"
        case serviceName = "ServiceName"
        case serviceTags = "ServiceTags"
        case createIndex = "CreateIndex"
        case modifyIndex = "ModifyIndex"
    }

    /// Whether the check judges a whole node.
    var isOfNode: Bool { serviceID.isEmpty }

    /// Whether the check is the one that an instance passes itself.
    var isOwnPass: Bool { !isOfNode && checkID == ConsulRegistration.checkID(of: serviceID) }
}

/// A service on a node as Consul's catalogue lists it.
struct ConsulServiceRow: Decodable, Hashable, Sendable {
    let id: String
    let service: String
    let tags: [String]?
    let meta: [String: String]?

    /// Where the instance's agent is; nil if the service was registered by other code.
    var agent: String? { meta?[ConsulRegistration.MetaKey.agent] }

    /// The exact address of the instance; nil if the service was registered by other code.
    var address: Address? { meta?[ConsulRegistration.MetaKey.address].map { Address($0) } }

    enum CodingKeys: String, CodingKey {
        case id = "ID"
        case service = "Service"
        case tags = "Tags"
        case meta = "Meta"
    }
}

/// A service with its node and checks.
struct ConsulHealthEntry: Decodable, Hashable, Sendable {
    let service: ConsulServiceRow

    enum CodingKeys: String, CodingKey {
        case service = "Service"
    }
}

/// What an agent says of an instance that is registered with it.
struct ConsulLocalHealth: Decodable, Hashable, Sendable {
    let checks: [ConsulCheckRow]?

    enum CodingKeys: String, CodingKey {
        case checks = "Checks"
    }

    /// Whether the check that the instance passes itself is critical there.
    var isSilent: Bool {
        (checks ?? []).contains { $0.isOwnPass && $0.status == "critical" }
    }
}

/// A node with its services by their ids.
struct ConsulNodeEntry: Decodable, Hashable, Sendable {
    let services: [String: ConsulServiceRow]?

    enum CodingKeys: String, CodingKey {
        case services = "Services"
    }
}
