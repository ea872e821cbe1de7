import Cluster

extension ConsulRoute {
    static func health(_ call: ConsulCall) throws(ConsulFailure) -> ConsulRoute {
        guard call.path.count == 3 else { throw .notFound() }
        try call.allow(.get)
        let name = call.path[2]
        switch call.path[1] {
        case "service":
            guard !name.isEmpty else { throw .badRequest("Missing service name") }
            let passing = call.query["passing"].map { $0 != "false" } ?? false
            return json(call, .service(name)) { $0.health(of: name, passing: passing) }
        case "state":
            let resource = ConsulStatus(rawValue: name).map(ConsulCatalogue.Resource.checksIn)
            return json(call, resource ?? .checks) { $0.checks(in: name) }
        // All checks have one index, and wake who waits for those of a node or a service.
        case "node": return json(call, .checks) { .array($0.checks(of: name).map(\.json)) }
        case "checks":
            return json(call, .checks) { catalogue in
                let rows = catalogue.checks.sorted { $0.key < $1.key }.map(\.value)
                return .array(rows.filter { $0.report.serviceName == name }.map(\.json))
            }
        default: throw .notFound()
        }
    }

    static func catalog(_ call: ConsulCall) throws(ConsulFailure) -> ConsulRoute {
        let path = Array(call.path.dropFirst())
        if path == ["deregister"] { return try deregister(call) }
        guard ["services", "nodes", "service", "node"].contains(path.first) else {
            throw .notFound()
        }
        try call.allow(.get)
        switch (path.first, path.count) {
        case ("services", 1): return json(call, .services) { $0.serviceNames }
        case ("nodes", 1):
            return json(call, .nodes) {
                .array($0.nodes.values.sorted { $0.name < $1.name }.map(\.json))
            }
        case ("service", 2):
            return json(call, .instances(path[1])) {
                .array($0.services(named: path[1]).map(\.catalogueJSON))
            }
        case ("node", 2): return json(call, .node(path[1])) { $0.node(path[1]) }
        default: throw .notFound()
        }
    }

    /// Removes a service, a check or a whole node from the catalogue; the agent does not know.
    private static func deregister(_ call: ConsulCall) throws(ConsulFailure) -> ConsulRoute {
        try call.allow(.put)
        var fields = try ConsulFields(try ConsulJSONReader.read(call.body))
        let node = try fields.text("Node") ?? ""
        let (service, check) = (try fields.text("ServiceID"), try fields.text("CheckID"))
        return .command { consul, _ throws(ConsulFailure) in
            guard !node.isEmpty else { throw .internalError("Must provide node") }
            consul.removeFromCatalogue(node: node, service: service, check: check)
            return .json(.bool(true))
        }
    }

    static func json(
        _ call: ConsulCall, _ resource: ConsulCatalogue.Resource,
        _ read: @escaping (ConsulCatalogue) -> ConsulJSON
    ) -> ConsulRoute {
        .query(ConsulQuery(subject: call.subject, resource: resource) { .json(read($0)) })
    }
}
