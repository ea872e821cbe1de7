import Platform

/// What a process knows of the instances in Consul, and of which services it must ask again.
struct ConsulSurvey: Sendable {
    /// An answer about one service.
    struct Entries: Sendable {
        let rows: [ConsulServiceRow]
        /// Whether the answer is at least as new as the checks; one that is not is asked for again.
        let isFinal: Bool
    }

    /// What decides whether an instance passes: its checks and those of its node.
    private typealias Signs = [Sign]

    private struct Sign: Hashable, Comparable, Sendable {
        let node: String
        let checkID: String
        let serviceID: String
        let status: String
        let createIndex: UInt64

        init(_ check: ConsulCheckRow) {
            node = check.node
            checkID = check.checkID
            serviceID = check.serviceID
            status = check.status
            createIndex = check.createIndex
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.node, left.checkID) < (right.node, right.checkID)
        }
    }

    /// What marks the cluster's services.
    private var tag = ""
    private var signs: [String: Signs] = [:]
    private var found: [String: [ServiceInstance]] = [:]
    /// The services that must be asked for, in order.
    private(set) var changedServices: [String] = []

    /// Knows nothing.
    init() {}

    /// What the checks say, and which of the services marked by `tag` differ from what was known.
    init(_ checks: [ConsulCheckRow], tag: String, known: ConsulSurvey) {
        self.tag = tag
        var ofNodes: [String: Signs] = [:]
        for check in checks where check.isOfNode {
            ofNodes[check.node, default: []].append(Sign(check))
        }
        for check in checks where !check.isOfNode && check.serviceTags?.contains(tag) == true {
            signs[check.serviceName, default: []].append(Sign(check))
        }
        for service in signs.keys.sorted() {
            let nodes = Set((signs[service] ?? []).map(\.node)).sorted()
            signs[service]? += nodes.flatMap { ofNodes[$0] ?? [] }
            signs[service]?.sort()
            if let instances = known.found[service], known.signs[service] == signs[service] {
                found[service] = instances
            } else if changedServices.count < ConsulRegistry.Limit.serviceCountMaximum {
                changedServices.append(service)
            }
        }
    }

    /// Takes the answer about a service; what does not carry the cluster's `tag` and the metadata
    /// of a registration by this code is somebody else's.
    mutating func take(_ entries: Entries, of service: String) {
        found[service] = entries.rows.compactMap { row in
            guard let id = InstanceID(row.id), row.service == service, row.agent != nil,
                row.tags?.contains(tag) == true, let address = row.address
            else { return nil }
            return ServiceInstance(id: id, service: ServiceName(service), address: address)
        }
        if !entries.isFinal { signs[service] = nil }
    }

    /// The passing instances in rising order of id, each id once.
    var instances: [ServiceInstance] {
        var byID: [InstanceID: ServiceInstance] = [:]
        for service in found.keys.sorted() {
            for instance in found[service] ?? [] where byID[instance.id] == nil {
                byID[instance.id] = instance
            }
        }
        return byID.values.sorted { $0.id < $1.id }
    }
}
