import Cluster
import Platform

/// Carries out requests on one Consul, whichever it is.
final class RegistryPlayer {
    /// How long a change is on its way from an agent to the catalogue, at most.
    private static let settling = Duration.milliseconds(40)

    let exchange: any HTTPExchange
    let agent: String
    let nodeName: String
    let platform: Platform
    var names: RegistryNames
    var watches: [Int: (watch: RegistryWatch, task: StartedTask)] = [:]
    var keyIndexes: [Int: UInt64] = [:]
    private var lastIndexes: [RegistryOperation.Question: UInt64] = [:]

    init(
        _ exchange: any HTTPExchange, agent: String, nodeName: String, platform: Platform,
        prefix: String
    ) {
        self.exchange = exchange
        self.agent = agent
        self.nodeName = nodeName
        self.platform = platform
        names = RegistryNames(prefix: prefix)
    }

    func answers(to operations: [RegistryOperation]) async throws -> [Answer] {
        try await letOneVanish()
        var answers: [Answer] = []
        for operation in operations { answers.append(try await answer(to: operation)) }
        for slot in watches.keys.sorted() { watches[slot]?.task.cancel() }
        for slot in watches.keys.sorted() { await watches[slot]?.task.wait() }
        return answers
    }

    /// Removes whatever the sequence left.
    func cleanUp() async throws {
        for service in 0..<2 {
            for instance in [0, 1, 9] {
                let id = names.instance(service, instance)
                _ = try await send(.put, "/v1/agent/service/deregister/\(id)")
            }
        }
        for session in names.allSessions {
            _ = try await send(.put, "/v1/session/destroy/\(session)")
        }
        _ = try await send(.delete, "/v1/kv/\(names.prefix)?recurse")
        try await settle()
    }

    /// Lets a service come and go: a Consul where none has vanished yet answers otherwise, and
    /// the real one has seen other sequences.
    private func letOneVanish() async throws {
        let name = "\(names.prefix)first"
        _ = try await send(.put, "/v1/agent/service/register", #"{"Name": "\#(name)"}"#)
        try await settle()
        _ = try await send(.put, "/v1/agent/service/deregister/\(name)")
        try await settle()
    }

    /// Sends a request and gives its answer.
    func send(
        _ method: HTTPRequestMessage.Method, _ target: String, _ body: String = ""
    ) async throws -> ConsulAnswer {
        var request = HTTPRequestMessage(method, at: agent, target)
        request.body = Array(body.utf8)
        return ConsulAnswer(try await exchange.exchange(request, timeout: .seconds(90)))
    }

    /// Lets what an agent was told reach the catalogue, and what changed there its watches.
    func settle() async throws { try await platform.clock.sleep(for: Self.settling) }

    private func answer(to operation: RegistryOperation) async throws -> Answer {
        switch operation {
        case .register(let service, let instance, let checks, let tag, let replacing):
            let query = replacing ? "?replace-existing-checks" : ""
            let body = registration(service, instance, checks, tag: tag)
            return try await tell(
                operation, "/v1/agent/service/register" + query, body)
        case .say(let word, let service, let instance, let note):
            let check = "service:\(names.instance(service, instance))"
            return try await tell(
                operation, "/v1/agent/check/\(word.rawValue)/\(check)?note=note\(note)")
        case .deregister(let service, let instance):
            return try await tell(
                operation,
                "/v1/agent/service/deregister/\(names.instance(service, instance))")
        case .ask(let question): return try await ask(question)
        case .watch(let question, let slot): return try await watch(question, slot)
        case .look(let slot): return try await look(slot)
        case .block(let question): return try await block(question)
        case .put(let key, let value, let condition):
            return try await change(operation, .put, key, "\(value)", condition)
        case .delete(let key, let condition):
            return try await change(operation, .delete, key, "", condition)
        case .createSession(let slot, let deletes, let delay, let timeToLive):
            return try await createSession(operation, slot, deletes, delay * 60, timeToLive)
        case .renewSession(let slot):
            return answer(
                operation.kind,
                try await send(.put, "/v1/session/renew/\(names.session(slot))"))
        case .destroySession(let slot):
            return answer(
                operation.kind,
                try await send(.put, "/v1/session/destroy/\(names.session(slot))"))
        case .wrong(let number):
            let request = WrongRequest.all[number]
            return answer(
                operation.kind, try await send(request.method, request.target, request.body))
        case .expire(let service): return try await expire(service)
        case .outwaitLock: return try await outwaitLock()
        }
    }

    private func tell(
        _ operation: RegistryOperation, _ target: String, _ body: String = ""
    ) async throws -> Answer {
        let found = try await send(.put, target, body)
        try await settle()
        return answer(operation.kind, found)
    }

    func answer(_ kind: String, _ found: ConsulAnswer, _ more: String = "") -> Answer {
        Answer(kind, "\(found.status)", found.text(names) + more)
    }

    /// Asks a question; how its index stands to that of the last answer is part of the answer.
    func ask(_ question: RegistryOperation.Question) async throws -> Answer {
        let found = try await send(.get, target(of: question))
        return answer(question.kind, found, note(found, to: question))
    }

    func note(_ found: ConsulAnswer, to question: RegistryOperation.Question) -> String {
        guard let index = found.index else { return " without an index" }
        defer { lastIndexes[question] = index }
        guard let last = lastIndexes[question] else { return " with an index" }
        return index == last ? " index unchanged" : index > last ? " index rises" : " index falls"
    }

    private func createSession(
        _ operation: RegistryOperation, _ slot: Int, _ deletes: Bool, _ delay: Int,
        _ timeToLive: String
    ) async throws -> Answer {
        let body =
            #"{"Name": "session \#(slot)", "LockDelay": "\#(delay)s", "TTL": "\#(timeToLive)", "#
            + #""Behavior": "\#(deletes ? "delete" : "release")"}"#
        let found = try await send(.put, "/v1/session/create", body)
        if let id = found.json?["ID"]?.text { names.note(id, in: slot) }
        return answer(operation.kind, found)
    }

    private func registration(
        _ service: Int, _ instance: Int, _ checks: RegistryOperation.Checks, tag: Int
    ) -> String {
        let check =
            switch checks {
            case .none: ""
            case .critical: #", "Check": {"TTL": "600s"}"#
            case .passing: #", "Check": {"TTL": "600s", "Status": "passing"}"#
            case .two:
                #", "Checks": [{"TTL": "600s", "Status": "warning"}, "#
                    + #"{"TTL": "600s", "Name": "second", "Status": "passing"}]"#
            }
        return #"{"ID": "\#(names.instance(service, instance))", "#
            + #""Name": "\#(names.service(service))", "Tags": ["tag\#(tag)"], "#
            + #""Address": "10.0.0.\#(instance)", "Port": 8\#(instance), "#
            + #""Meta": {"agent": "one"}\#(check)}"#
    }
}
