extension ConsulCatalogue {
    /// The index that an answer about something carries. It never is 0.
    func answerIndex(of resource: Resource) -> UInt64 {
        switch resource {
        case .checksIn: return lastChange(of: .checks) ?? 1
        case .service(let name) where isAbsent(name):
            // A service that is not there has the index of the last one that vanished, and until
            // one has, that of all of them.
            return lastChange(of: .vanished)
                ?? [Resource.nodes, .services, .checks].compactMap(lastChange).max() ?? 1
        case .instances(let name): return answerIndex(of: .service(name))
        case .key(let key): return entries[key]?.modifyIndex ?? lastChange(of: .keys) ?? 1
        default: return lastChange(of: resource) ?? 1
        }
    }

    /// Whether a change of those wakes whoever waits for something. What is not there is waited
    /// for at its place in Consul's tree, where changes of its neighbours are felt too.
    func isWoken(_ resource: Resource, by touched: Set<Resource>) -> Bool {
        switch resource {
        case .service(let name) where isAbsent(name), .instances(let name) where isAbsent(name):
            !touched.isDisjoint(with: [.nodes, .services, .checks])
        case .key(let key) where entries[key] == nil: touched.contains(.keys)
        case .checksIn(let status) where !checks.contains { $0.value.report.status == status }:
            touched.contains(.checks)
        default: touched.contains(resource)
        }
    }

    private func isAbsent(_ service: String) -> Bool {
        !services.contains { $0.value.definition.name == service }
    }

    /// The checks of a node, in order.
    func checks(of node: String) -> [CatalogueCheck] {
        checks.values.filter { $0.node == node }.sorted { $0.report.id < $1.report.id }
    }

    /// The services of a name, in order of nodes and ids.
    func services(named name: String) -> [CatalogueService] {
        services.filter { $0.value.definition.name == name }.sorted { $0.key < $1.key }
            .map(\.value)
    }

    /// The checks that decide whether a service on a node passes, in order.
    func checks(of service: CatalogueService) -> [CatalogueCheck] {
        let (own, nodes) = (service.definition.id, checks(of: service.node))
        return nodes.filter { $0.report.serviceID.isEmpty || $0.report.serviceID == own }
    }

    /// The health of a service's instances, all of them or those whose every check passes.
    func health(of name: String, passing: Bool) -> ConsulJSON {
        let entries = services(named: name).compactMap { service -> ConsulJSON? in
            let checks = checks(of: service)
            guard !passing || checks.allSatisfy({ $0.report.status == .passing }) else {
                return nil
            }
            return [
                "Node": nodes[service.node]?.json ?? .null, "Service": service.json,
                "Checks": .array(checks.map(\.json)),
            ]
        }
        return .array(entries)
    }

    /// All checks in a state, or all.
    func checks(in status: String) -> ConsulJSON {
        let rows = checks.sorted { $0.key < $1.key }.map(\.value)
        return .array(
            rows.filter { status == "any" || $0.report.status.rawValue == status }.map(\.json))
    }

    /// A node with its services; null when it is not known.
    func node(_ name: String) -> ConsulJSON {
        guard let node = nodes[name] else { return .null }
        let services = services.sorted { $0.key < $1.key }.filter { $0.key.node == name }
        return [
            "Node": node.json,
            "Services": .object(services.map { .init(name: $0.key.id, value: $0.value.json) }),
        ]
    }

    /// The names of all services with their tags.
    var serviceNames: ConsulJSON {
        let definitions = services.values.map(\.definition)
        let names = Set(definitions.map(\.name)).sorted()
        return .object(
            names.map { name in
                let tags = Set(definitions.filter { $0.name == name }.flatMap(\.tags)).sorted()
                return .init(name: name, value: .array(tags.map(ConsulJSON.string)))
            })
    }
}

extension CatalogueNode {
    var json: ConsulJSON {
        [
            "ID": "", "Node": .string(name), "Address": .string(name), "Datacenter": "dc1",
            "Meta": [:], "CreateIndex": .number(Int64(createIndex)),
            "ModifyIndex": .number(Int64(modifyIndex)),
        ]
    }
}

extension CatalogueService {
    var json: ConsulJSON {
        definition.json(
            emptyMeta: .null,
            [
                .init(name: "CreateIndex", value: .number(Int64(createIndex))),
                .init(name: "ModifyIndex", value: .number(Int64(modifyIndex))),
            ])
    }

    /// The form in which the catalogue lists services.
    var catalogueJSON: ConsulJSON {
        [
            "Node": .string(node), "Address": .string(node), "Datacenter": "dc1",
            "ServiceID": .string(definition.id), "ServiceName": .string(definition.name),
            "ServiceTags": .array(definition.tags.map(ConsulJSON.string)),
            "ServiceAddress": .string(definition.address), "ServiceMeta": .init(definition.meta),
            "ServicePort": .number(Int64(definition.port)),
            "CreateIndex": .number(Int64(createIndex)),
            "ModifyIndex": .number(Int64(modifyIndex)),
        ]
    }
}

extension ConsulServiceDefinition {
    func json(emptyMeta: ConsulJSON, _ more: [ConsulJSON.Member] = []) -> ConsulJSON {
        let members: [(String, ConsulJSON)] = [
            ("ID", .string(id)), ("Service", .string(name)),
            ("Tags", .array(tags.map(ConsulJSON.string))),
            ("Meta", meta.isEmpty ? emptyMeta : .init(meta)), ("Port", .number(Int64(port))),
            ("Address", .string(address)),
            ("Weights", ["Passing": .number(1), "Warning": .number(1)]),
            ("EnableTagOverride", .bool(false)),
        ]
        return .object(members.map { .init(name: $0.0, value: $0.1) } + more)
    }
}

extension CatalogueCheck {
    var json: ConsulJSON { report.json(node: node, createIndex, modifyIndex) }
}

extension ConsulCheckReport {
    func json(node: String, _ createIndex: UInt64 = 0, _ modifyIndex: UInt64 = 0) -> ConsulJSON {
        [
            "Node": .string(node), "CheckID": .string(id), "Name": .string(name),
            "Status": .string(status.rawValue), "Notes": "", "Output": .string(output),
            "ServiceID": .string(serviceID), "ServiceName": .string(serviceName),
            "ServiceTags": .array(serviceTags.map(ConsulJSON.string)), "Type": .string(type),
            "Definition": [:], "CreateIndex": .number(Int64(createIndex)),
            "ModifyIndex": .number(Int64(modifyIndex)),
        ]
    }
}
