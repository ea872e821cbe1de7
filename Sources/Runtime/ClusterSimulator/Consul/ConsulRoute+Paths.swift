import Cluster

extension ConsulRoute {
    /// Finds what a request asks for.
    init(_ call: ConsulCall) throws(ConsulFailure) {
        switch call.path.first {
        case "agent": self = try Self.agent(call, Array(call.path.dropFirst()))
        case "health": self = try Self.health(call)
        case "catalog": self = try Self.catalog(call)
        case "kv": self = try Self.keys(call)
        case "session": self = try Self.session(call)
        case "status":
            try call.allow(.get)
            self = .command { consul, _ in
                .json(.string("server \(consul.leadership.term):8300"))
            }
        default: throw .notFound()
        }
    }

    private static func agent(
        _ call: ConsulCall, _ path: [String]
    ) throws(ConsulFailure) -> ConsulRoute {
        switch (path.first, path.count) {
        case ("services", 1):
            try call.allow(.get)
            return .local { agent in
                .json(
                    .object(
                        agent.services.sorted { $0.key < $1.key }.map {
                            .init(name: $0.key, value: $0.value.json(emptyMeta: [:]))
                        }))
            }
        case ("checks", 1):
            try call.allow(.get)
            return .local { agent in
                .json(
                    .object(
                        agent.checks.sorted { $0.key < $1.key }.map {
                            .init(name: $0.key, value: $0.value.report.json(node: agent.name))
                        }))
            }
        case ("self", 1):
            try call.allow(.get)
            return .local { .json(["Config": ["NodeName": .string($0.name), "Version": "1.8.7"]]) }
        case ("service", 2...): return try service(call, Array(path.dropFirst()))
        case ("check", 3): return try check(call, verb: path[1], id: path[2])
        case ("health", 4): return try localHealth(call, id: path[3])
        default: throw .notFound()
        }
    }

    private static func service(
        _ call: ConsulCall, _ path: [String]
    ) throws(ConsulFailure) -> ConsulRoute {
        switch (path[0], path.count) {
        case ("register", 1):
            try call.allow(.put)
            let replacing = (call.query["replace-existing-checks"] ?? "false") != "false"
            return .local { agent throws(ConsulFailure) in
                try agent.register(call.body, replacingChecks: replacing)
                return .empty
            }
        case ("deregister", 2):
            try call.allow(.put)
            return .local { agent in
                agent.deregister(path[1])
                return .empty
            }
        case ("maintenance", 2):
            try call.allow(.put)
            guard let enable = ["true": true, "false": false][call.query["enable"] ?? ""] else {
                throw .badRequest("Missing value for enable")
            }
            let reason = call.query["reason"] ?? ""
            return .local { agent throws(ConsulFailure) in
                try agent.setMaintenance(of: path[1], enable ? reason : nil)
                return .empty
            }
        case (let id, 1):
            try call.allow(.get)
            return .local { agent throws(ConsulFailure) in
                guard let service = agent.services[id] else {
                    throw .notFound("unknown service ID: \(id)")
                }
                return .json(service.json(emptyMeta: [:]))
            }
        default: throw .notFound()
        }
    }

    private static func check(
        _ call: ConsulCall, verb: String, id: String
    ) throws(ConsulFailure) -> ConsulRoute {
        try call.allow(.put)
        var status: ConsulStatus?
        var note = call.query["note"] ?? ""
        switch verb {
        case "pass": status = .passing
        case "warn": status = .warning
        case "fail": status = .critical
        case "update":
            var fields = try ConsulFields(try ConsulJSONReader.read(call.body))
            let text = try fields.text("Status") ?? ""
            note = try fields.text("Output") ?? ""
            status = ConsulStatus(rawValue: text)
            guard status != nil else { throw .badRequest("Invalid check status: '\(text)'") }
        default: throw .notFound()
        }
        guard let status else { throw .notFound() }
        return .local { [note] agent throws(ConsulFailure) in
            try agent.report(id, status, note)
            return .empty
        }
    }

    private static func localHealth(
        _ call: ConsulCall, id: String
    ) throws(ConsulFailure) -> ConsulRoute {
        try call.allow(.get)
        guard call.path[2...3] == ["service", "id"] else { throw .notFound() }
        return .local { agent in
            guard let service = agent.services[id] else {
                return .json(
                    ["AggregatedStatus": "critical", "Service": .null, "Checks": .null],
                    status: 404)
            }
            let status = agent.status(of: id)
            let checks = agent.checks.values.map(\.report).filter { $0.serviceID == id }
                .sorted { $0.id < $1.id }
            let code =
                switch status {
                case .passing: 200
                case .warning: 429
                case .critical: 503
                }
            return .json(
                [
                    "AggregatedStatus": .string(status.rawValue),
                    "Service": service.json(emptyMeta: [:]),
                    "Checks": .array(checks.map { $0.json(node: agent.name) }),
                ], status: code)
        }
    }
}
