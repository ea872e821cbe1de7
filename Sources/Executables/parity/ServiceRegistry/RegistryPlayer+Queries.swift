import Cluster

extension RegistryPlayer {
    /// The target of a question, without what would make it wait.
    func target(of question: RegistryOperation.Question) -> String {
        switch question {
        case .health(let service, let passing):
            "/v1/health/service/\(names.service(service))\(passing ? "?passing" : "")"
        case .checks(let service): "/v1/health/checks/\(names.service(service))"
        case .state(let state): "/v1/health/state/\(state)"
        case .node: "/v1/health/node/\(nodeName)"
        case .catalogService(let service): "/v1/catalog/service/\(names.service(service))"
        case .services: "/v1/catalog/services"
        case .agentServices: "/v1/agent/services"
        case .agentChecks: "/v1/agent/checks"
        case .key(let key): "/v1/kv/\(names.key(key))"
        case .keys(let recurse): "/v1/kv/\(names.prefix)?\(recurse ? "recurse" : "keys")"
        case .session(let slot): "/v1/session/info/\(names.session(slot))"
        }
    }

    private func blocking(_ question: RegistryOperation.Question, _ index: UInt64, _ wait: String)
        -> String
    {
        let target = target(of: question)
        return target + (target.contains("?") ? "&" : "?") + "index=\(index)&wait=\(wait)"
    }

    /// Asks, and asks again beside what follows, to be told of the next change.
    func watch(_ question: RegistryOperation.Question, _ slot: Int) async throws -> Answer {
        if let old = watches.removeValue(forKey: slot) {
            old.task.cancel()
            await old.task.wait()
        }
        let found = try await send(.get, target(of: question))
        let text = note(found, to: question)
        guard let index = found.index else { return answer("watch", found, text) }
        let watch = RegistryWatch(question, index: index, text: found.text(names))
        var request = HTTPRequestMessage(.get, at: agent, blocking(question, index, "60s"))
        request.headers = [:]
        let (exchange, message) = (exchange, request)
        let task = platform.tasks.start("watch") {
            do throws(TransportError) {
                watch.note(
                    ConsulAnswer(try await exchange.exchange(message, timeout: .seconds(90))))
            } catch {
                // Cancelled with its sequence: it was not answered.
                return
            }
        }
        watches[slot] = (watch, task)
        try await settle()
        return answer("watch", found, text)
    }

    func look(_ slot: Int) async throws -> Answer {
        try await settle()
        guard let watch = watches[slot]?.watch else { return Answer("look", "no watch") }
        switch watch.question {
        case .checks, .catalogService: return try await lookAgain(watch, slot)
        default: break
        }
        guard let found = watch.answer else { return Answer("look", "not woken") }
        watches[slot] = nil
        let index = found.index ?? 0
        let relation = index == watch.index ? "equal" : index > watch.index ? "rises" : "falls"
        // What woke it may be one part of a registration; the whole is asked for.
        let isInParts =
            switch watch.question {
            case .health, .state: true
            default: false
            }
        let whole = isInParts ? try await send(.get, target(of: watch.question)) : found
        return Answer("look", "woken", "\(found.status) \(whole.text(names)) index \(relation)")
    }

    /// Looks what has changed since, and waits again: another service or its check may have woken
    /// it, by the place of its name.
    private func lookAgain(_ watch: RegistryWatch, _ slot: Int) async throws -> Answer {
        let isWoken = watch.answer != nil
        let text = try await send(.get, target(of: watch.question)).text(names)
        _ = try await self.watch(watch.question, slot)
        guard text != watch.text else { return Answer("look", "not woken") }
        return Answer("look", isWoken ? "woken" : "not woken", text)
    }

    func block(_ question: RegistryOperation.Question) async throws -> Answer {
        let first = try await send(.get, target(of: question))
        guard let index = first.index else { return answer("block", first) }
        let found = try await send(.get, blocking(question, index, "100ms"))
        let relation = found.index == index ? " index unchanged" : " index differs"
        return answer("block", found, relation)
    }

    /// Registers an instance that passes for a short time.
    func expire(_ service: Int) async throws -> Answer {
        let id = names.instance(service, 9)
        let body =
            #"{"ID": "\#(id)", "Name": "\#(names.service(service))", "#
            + #""Check": {"TTL": "600ms", "Status": "passing"}}"#
        let target = "/v1/health/checks/\(names.service(service))"
        _ = try await send(.put, "/v1/agent/service/deregister/\(id)")
        try await settle()
        _ = try await send(.put, "/v1/agent/service/register", body)
        try await settle()
        let before = try await send(.get, target).text(names)
        try await platform.clock.sleep(for: .milliseconds(2500))
        let found = try await send(.get, target)
        return Answer("expire", "\(found.status)", before + " then " + found.text(names))
    }
}
