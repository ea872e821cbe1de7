import Cluster

/// What Consul's servers agree on: a value that only ``change`` alters, one raft index for each.
struct ConsulCatalogue {
    /// What a blocking query can wait for.
    enum Resource: Hashable {
        case nodes, services, checks, keys, sessions
        case checksIn(ConsulStatus)
        /// The instances of a service with their checks.
        case service(String)
        /// The instances of a service as they were registered: a check raises the index of these
        /// too, but wakes nobody.
        case instances(String)
        /// Services whose last instance has gone.
        case vanished
        case node(String)
        case key(String)
    }

    /// Answers about this very state, by what was asked: many ask the same after each change.
    private final class Answers {
        var bySubject: [String: HTTPResponseMessage] = [:]
    }

    /// The raft index of the last change.
    private(set) var index: UInt64 = 1
    private(set) var nodes: [String: CatalogueNode] = [:]
    private(set) var services: [ConsulKey: CatalogueService] = [:]
    private(set) var checks: [ConsulKey: CatalogueCheck] = [:]
    var entries: [String: ConsulEntry] = [:]
    var sessions: [String: ConsulSession] = [:]
    private var lastChanges: [Resource: UInt64] = [:]
    /// What was changed since the last ``takeTouched()``.
    private var touched: Set<Resource> = []
    /// Sessions that lost what they depend on since the last ``takeOrphans()``.
    private var orphans: Set<String> = []
    private var answers = Answers()

    /// The index of the last change of something; nil when there was none.
    func lastChange(of resource: Resource) -> UInt64? { lastChanges[resource] }

    /// Begins one change of the log.
    mutating func advance() {
        index += 1
        answers = Answers()
    }

    /// The answer to a question, made once for each state.
    func answer(to question: ConsulQuery) -> HTTPResponseMessage {
        if let answer = answers.bySubject[question.subject] { return answer }
        let answer = question.read(self)
        answers.bySubject[question.subject] = answer
        return answer
    }

    /// Notes that something changes by the present entry of the log.
    mutating func touch(_ resource: Resource) {
        lastChanges[resource] = index
        touched.insert(resource)
    }

    mutating func takeTouched() -> Set<Resource> {
        defer { touched = [] }
        return touched
    }

    mutating func takeOrphans() -> [String] {
        defer { orphans = [] }
        return orphans.sorted()
    }

    /// Makes a node known, if it is not.
    mutating func putNode(_ name: String) {
        guard nodes[name] == nil else { return }
        nodes[name] = CatalogueNode(name: name, createIndex: index, modifyIndex: index)
        touch(.nodes)
        touch(.node(name))
    }

    /// Registers a service on a node, or changes it.
    mutating func putService(_ definition: ConsulServiceDefinition, on node: String) {
        let key = ConsulKey(node: node, id: definition.id)
        let known = services[key]
        guard known?.definition != definition else { return }
        services[key] = CatalogueService(
            definition: definition, node: node, createIndex: known?.createIndex ?? index,
            modifyIndex: index)
        for name in Set([known?.definition.name, definition.name].compactMap { $0 }).sorted() {
            touchInstances(of: name)
        }
        touch(.services)
        touch(.node(node))
    }

    /// Registers a check on a node, or changes it; it gets the tags that its service has now.
    mutating func putCheck(_ report: ConsulCheckReport, on node: String) {
        var report = report
        if let service = services[ConsulKey(node: node, id: report.serviceID)] {
            report.serviceTags = service.definition.tags
        }
        let key = ConsulKey(node: node, id: report.id)
        let known = checks[key]
        guard known?.report != report else { return }
        checks[key] = CatalogueCheck(
            report: report, node: node, createIndex: known?.createIndex ?? index,
            modifyIndex: index)
        if let known { touch(.checksIn(known.report.status)) }
        touchCheck(report, on: node)
        if report.status == .critical { orphanSessions(dependingOn: key) }
    }

    /// Takes a check that is registered again as it is: the index of all checks rises, no row's.
    mutating func repeatCheck(_ report: ConsulCheckReport) {
        touch(.checks)
        touch(.checksIn(report.status))
    }

    /// Removes a service with its checks.
    mutating func removeService(_ key: ConsulKey) {
        guard let service = services.removeValue(forKey: key) else { return }
        let name = service.definition.name
        touchInstances(of: name)
        if !services.contains(where: { $0.value.definition.name == name }) { touch(.vanished) }
        touch(.services)
        touch(.node(key.node))
        // The index of all checks rises, even if the service had none, which wakes nobody.
        lastChanges[.checks] = index
        for check in checks.keys.sorted()
        where check.node == key.node && checks[check]?.report.serviceID == key.id {
            removeCheck(check)
        }
    }

    mutating func removeCheck(_ key: ConsulKey) {
        guard let check = checks.removeValue(forKey: key) else { return }
        touchCheck(check.report, on: key.node)
        orphanSessions(dependingOn: key)
    }

    /// Removes a node with all that it has.
    mutating func removeNode(_ name: String) {
        guard nodes.removeValue(forKey: name) != nil else { return }
        touch(.nodes)
        touch(.node(name))
        for key in services.keys.sorted() where key.node == name { removeService(key) }
        for key in checks.keys.sorted() where key.node == name { removeCheck(key) }
        for id in sessions.keys.sorted() where sessions[id]?.node == name { orphans.insert(id) }
    }

    private mutating func touchInstances(of service: String) {
        touch(.service(service))
        touch(.instances(service))
    }

    /// Notes the change of a check and of all whose health it decides.
    private mutating func touchCheck(_ report: ConsulCheckReport, on node: String) {
        touch(.checks)
        touch(.checksIn(report.status))
        touch(.node(node))
        if report.serviceID.isEmpty {
            let names = services.filter { $0.key.node == node }.map(\.value.definition.name)
            for name in Set(names).sorted() { touch(.service(name)) }
        } else {
            touch(.service(report.serviceName))
        }
    }

    private mutating func orphanSessions(dependingOn key: ConsulKey) {
        for (id, session) in sessions
        where session.node == key.node && session.checks.contains(key.id) {
            orphans.insert(id)
        }
    }
}
