/// How well something is, by a check.
enum ConsulStatus: String {
    case passing, warning, critical
}

/// A machine with an agent, in the catalogue.
struct CatalogueNode: Hashable {
    let name: String
    let createIndex: UInt64
    var modifyIndex: UInt64
}

/// A service of a node, in the catalogue.
struct CatalogueService: Hashable {
    /// What its agent says of it.
    var definition: ConsulServiceDefinition
    let node: String
    let createIndex: UInt64
    var modifyIndex: UInt64
}

/// What is registered with an agent.
struct ConsulServiceDefinition: Hashable {
    let id: String
    let name: String
    var tags: [String] = []
    var address = ""
    var port = 0
    var meta: [String: String] = [:]
}

/// A check of a node or of one of its services, in the catalogue.
struct CatalogueCheck: Hashable {
    /// What its agent says of it.
    var report: ConsulCheckReport
    let node: String
    let createIndex: UInt64
    var modifyIndex: UInt64
}

/// What an agent says of a check.
struct ConsulCheckReport: Hashable {
    /// The check of the agent itself, by gossip.
    static let nodeHealthID = "serfHealth"

    let id: String
    let name: String
    var status: ConsulStatus
    var output = ""
    var serviceID = ""
    var serviceName = ""
    var serviceTags: [String] = []
    var type = ""
}

/// A node and the id of something that it has.
struct ConsulKey: Hashable, Comparable {
    let node: String
    let id: String

    static func < (left: Self, right: Self) -> Bool {
        (left.node, left.id) < (right.node, right.id)
    }
}
