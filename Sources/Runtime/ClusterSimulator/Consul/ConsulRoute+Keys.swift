import Cluster

extension ConsulRoute {
    static func keys(_ call: ConsulCall) throws(ConsulFailure) -> ConsulRoute {
        try call.allow(.get, .put, .delete)
        let key = call.path.dropFirst().joined(separator: "/")
        switch call.method {
        case .put: return try put(key, call)
        case .delete:
            let index = try index(call.query["cas"])
            return .command { consul, _ in
                .json(.bool(consul.change { $0.delete(key, ifUnchangedSince: index) }))
            }
        default: return get(key, call)
        }
    }

    private static func get(_ key: String, _ call: ConsulCall) -> ConsulRoute {
        let isList = call.query["keys"] != nil
        guard isList || call.query["recurse"] != nil else {
            let isRaw = call.query["raw"] != nil
            return .query(
                ConsulQuery(subject: call.subject, resource: .key(key)) { catalogue in
                    guard let entry = catalogue.entries[key] else { return .init(status: 404) }
                    return isRaw
                        ? HTTPResponseMessage(
                            status: 200, headers: ["content-type": "text/plain"],
                            body: entry.value)
                        : .json([entry.json])
                })
        }
        return .query(
            ConsulQuery(subject: call.subject, resource: .keys) { catalogue in
                let found = catalogue.entries.values.filter { $0.key.hasPrefix(key) }
                    .sorted { $0.key < $1.key }
                guard !found.isEmpty else { return .init(status: 404) }
                return .json(.array(found.map { isList ? .string($0.key) : $0.json }))
            })
    }

    private static func put(_ key: String, _ call: ConsulCall) throws(ConsulFailure) -> ConsulRoute
    {
        let maximum = ConsulEntry.valueByteCountMaximum
        guard call.body.count <= maximum else {
            throw ConsulFailure(
                status: 413,
                text:
                    "Request body(\(call.body.count) bytes) too large, max size: \(maximum) bytes.")
        }
        let condition = try condition(call)
        return .command { consul, _ throws(ConsulFailure) in
            if case .acquire(let session) = condition {
                if let end = consul.lockDelays[key], end > consul.simulation.now {
                    return .json(.bool(false))
                }
                guard consul.catalogue.sessions[session] != nil else {
                    throw .internalError("invalid session \"\(session)\"")
                }
            }
            return .json(.bool(consul.change { $0.put(key, call.body, if: condition) }))
        }
    }

    private static func condition(
        _ call: ConsulCall
    ) throws(ConsulFailure) -> ConsulCatalogue.Condition {
        let given = ["acquire", "cas", "release"].filter { call.query[$0] != nil }
        guard given.count <= 1 else {
            let flags = given.map { "\($0)=\(call.query[$0] ?? "")" }.joined(separator: "&")
            throw .badRequest("Conflicting flags: \(flags)")
        }
        if let index = try index(call.query["cas"]) { return .unchanged(since: index) }
        if let session = call.query["acquire"] { return .acquire(session) }
        if let session = call.query["release"] { return .release(session) }
        return .none
    }

    private static func index(_ text: String?) throws(ConsulFailure) -> UInt64? {
        guard let text else { return nil }
        guard let index = UInt64(text) else {
            throw .internalError("strconv.ParseUint: parsing \"\(text)\": invalid syntax")
        }
        return index
    }

    static func session(_ call: ConsulCall) throws(ConsulFailure) -> ConsulRoute {
        let path = Array(call.path.dropFirst())
        if path.count == 2, !ConsulSession.isID(path[1]) {
            throw .internalError("index error: Invalid UUID: must be 36 characters")
        }
        switch (path.first, path.count) {
        case ("list", 1):
            try call.allow(.get)
            return json(call, .sessions) { catalogue in
                .array(catalogue.sessions.sorted { $0.key < $1.key }.map(\.value.json))
            }
        case ("info", 2):
            try call.allow(.get)
            return json(call, .sessions) { .array($0.sessions[path[1]].map { [$0.json] } ?? []) }
        case ("create", 1):
            try call.allow(.put)
            return .command { consul, agent throws(ConsulFailure) in
                .json(["ID": .string(try consul.createSession(call.body, at: agent))])
            }
        case ("renew", 2):
            try call.allow(.put)
            return .command { consul, _ throws(ConsulFailure) in
                .json([try consul.renewSession(path[1]).json])
            }
        case ("destroy", 2):
            try call.allow(.put)
            return .command { consul, _ in
                consul.endSession(path[1])
                return .json(.bool(true))
            }
        default: throw .notFound()
        }
    }
}
