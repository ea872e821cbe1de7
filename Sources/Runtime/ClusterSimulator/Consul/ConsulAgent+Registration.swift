import Platform

extension ConsulAgent {
    /// Registers a service with its checks.
    func register(_ body: [UInt8], replacingChecks: Bool) throws(ConsulFailure) {
        var fields = try ConsulFields(try ConsulJSONReader.read(body))
        let name = try fields.text("Name") ?? ""
        let id = try fields.text("ID") ?? name
        let service = ConsulServiceDefinition(
            id: id.isEmpty ? name : id, name: name, tags: try fields.texts("Tags") ?? [],
            address: try fields.text("Address") ?? "", port: try fields.number("Port") ?? 0,
            meta: try fields.textMap("Meta") ?? [:])
        let definitions = try checkDefinitions(&fields)
        try fields.end()
        guard !name.isEmpty else { throw .badRequest("Missing service name") }
        var checks: [Check] = []
        for (position, var definition) in definitions.enumerated() {
            let suffix = definitions.count > 1 ? ":\(position + 1)" : ""
            checks.append(
                try makeCheck(&definition, of: service, id: "service:\(service.id)\(suffix)"))
        }
        if replacingChecks {
            let kept = Set(checks.map(\.report.id))
            self.checks = self.checks.filter {
                $0.value.report.serviceID != service.id || kept.contains($0.key)
            }
        }
        services[service.id] = service
        for check in checks { put(check) }
        for id in self.checks.keys.sorted()
        where self.checks[id]?.report.serviceID == service.id {
            // The tags of a check that is not registered again stay those of its own time.
            self.checks[id]?.report.serviceName = service.name
        }
        syncSoon()
    }

    private func checkDefinitions(
        _ fields: inout ConsulFields
    ) throws(ConsulFailure) -> [ConsulFields] {
        var values: [ConsulJSON] = []
        if let check = fields.take("Check") { values.append(check) }
        if case .array(let more) = fields.take("Checks") { values += more }
        var definitions: [ConsulFields] = []
        for value in values { definitions.append(try ConsulFields(value)) }
        return definitions
    }

    private func makeCheck(
        _ fields: inout ConsulFields, of service: ConsulServiceDefinition, id: String
    ) throws(ConsulFailure) -> Check {
        let statusText = try fields.text("Status")
        let status = ConsulStatus(rawValue: statusText ?? "critical")
        let url = try fields.text("HTTP")
        let (timeToLive, interval) = (try fields.duration("TTL"), try fields.duration("Interval"))
        let report = ConsulCheckReport(
            id: try fields.text("CheckID") ?? id,
            name: try fields.text("Name") ?? "Service '\(service.name)' check",
            status: status ?? .critical, serviceID: service.id, serviceName: service.name,
            serviceTags: service.tags, type: url == nil ? "ttl" : "http")
        var check = Check(report: report, serial: nextSerial(), timeToLive: timeToLive)
        check.deregisterAfter = try fields.duration("DeregisterCriticalServiceAfter")
        let timeout = try fields.duration("Timeout")
        for name in ["Notes", "Method"] { _ = try fields.text(name) }
        try fields.end()
        guard status != nil else {
            throw .badRequest("Status for checks must 'passing', 'warning', 'critical'")
        }
        if let url {
            guard timeToLive == nil else {
                throw .badRequest("Invalid check: Interval and TTL cannot both be specified")
            }
            guard let interval, interval > .zero else {
                throw .badRequest(
                    "Invalid check: Interval must be > 0 for Script, HTTP, or TCP checks")
            }
            check.probe = ConsulProbe(
                url: url, interval: max(interval, .seconds(1)), timeout: timeout ?? .seconds(10))
        } else if timeToLive ?? .zero <= .zero {
            throw .badRequest("Invalid check: TTL must be > 0 for TTL checks")
        }
        return check
    }
}
