import Platform
import Synchronization

/// The registry that Consul keeps, used through the HTTP interface of one of its agents.
///
/// Each process has one blocking query open, whatever the number of services: it waits for a
/// change of any check, and then asks for the instances of the services whose checks changed.
/// Source: https://developer.hashicorp.com/consul/api-docs and its page on blocking queries.
public final class ConsulRegistry: ServiceRegistry {
    private struct State {
        var known = ConsulSurvey()
        var checks = ConsulRowList<ConsulCheckRow>()
        /// When the next query of the watch may be sent.
        var restEnd = Duration.zero
        /// Whether the leader is asked, as another server answered that lags behind.
        var asksLeader = false
    }

    let configuration: Configuration
    private let platform: Platform
    private let conversation: ConsulConversation
    private let state = Mutex(State())

    /// The registry as the process of `platform` sees it.
    public init(
        _ configuration: Configuration, platform: Platform, exchange: any HTTPExchange
    ) {
        self.configuration = configuration
        self.platform = platform
        conversation = ConsulConversation(exchange: exchange, token: configuration.token)
    }

    public var timeToLive: Duration { configuration.timeToLive }

    public func register(_ instance: ServiceInstance) async throws(RegistryError) {
        let body = ConsulConversation.encode(ConsulRegistration(instance, configuration))
        let answer = try await put(ConsulTarget("agent", "service", "register"), body)
        guard answer.status == 200 else { throw .unavailable }
    }

    public func renew(_ id: InstanceID) async throws(RegistryError) {
        let check = ConsulRegistration.checkID(of: id.text)
        switch try await put(ConsulTarget("agent", "check", "pass", check)).status {
        case 200: return
        // Up to release 1.10 an unknown check is an internal error, later it is not found.
        case 404, 500: throw .notRegistered
        default: throw .unavailable
        }
    }

    public func deregister(_ id: InstanceID) async throws(RegistryError) {
        let answer = try await put(ConsulTarget("agent", "service", "deregister", id.text))
        // With access control, release 1.8 calls it an internal error not to know it.
        let isUnknown =
            answer.status == 500
            && String(decoding: answer.body, as: UTF8.self).hasPrefix("Unknown service")
        guard isUnknown || [200, 404].contains(answer.status) else { throw .unavailable }
    }

    /// Asks the agent of the process to do something.
    private func put(
        _ target: ConsulTarget, _ body: [UInt8] = []
    ) async throws(RegistryError) -> HTTPResponseMessage {
        try await conversation.send(
            .put, target, at: configuration.agent, body: body,
            timeout: configuration.requestTimeout)
    }

    public func instances(
        changedSince index: UInt64?, wait: Duration
    ) async throws(RegistryError) -> RegistrySnapshot {
        if index != nil { try await rest(atMost: wait) }
        var chain = BlockingIndex(index)
        let checks = try await checks(since: chain.value, wait: wait)
        let wentBack = chain.advance(to: checks.index)
        // What is known is better than the past that a server lives in which has lost its leader.
        if wentBack, checks.age > Limit.staleAgeMaximum { throw .unavailable }
        var survey = state.withLock { [configuration] state in
            state.restEnd = platform.clock.uptime + chain.rest
            // Nothing that is known from another history is relied upon.
            return ConsulSurvey(
                checks.value, tag: configuration.tag,
                known: index == nil || wentBack ? ConsulSurvey() : state.known)
        }
        try await complete(&survey)
        state.withLock { $0.known = survey }
        return RegistrySnapshot(index: chain.value ?? 0, instances: survey.instances)
    }

    /// Keeps the watch from becoming a busy loop, whatever Consul answers.
    private func rest(atMost wait: Duration) async throws(RegistryError) {
        let end = state.withLock(\.restEnd)
        let rest = min(end - platform.clock.uptime, max(wait, BlockingIndex.restMinimum))
        guard rest > .zero else { return }
        do { try await platform.clock.sleep(for: rest) } catch { throw .unavailable }
    }

    /// All checks. An answer that is somewhat old does no harm: callers find out who is there by
    /// calling. So any server may answer, and the leader is asked after one answer that is too
    /// old, until it does not answer.
    private func checks(
        since index: UInt64?, wait: Duration
    ) async throws(RegistryError) -> ConsulConversation.Found<[ConsulCheckRow]> {
        let asksLeader = state.withLock(\.asksLeader)
        let target = ConsulTarget("health", "state", "any")
        do throws(RegistryError) {
            let found = try await conversation.find(
                (asksLeader ? target : target.with("stale")).blocking(since: index, wait: wait),
                at: configuration.agent,
                timeout: index == nil
                    ? configuration.queryTimeout
                    : BlockingIndex.timeout(wait: wait, grace: configuration.queryTimeout))
            let rows = try state.withLock { state throws(RegistryError) in
                if found.age > Limit.staleAgeMaximum { state.asksLeader = true }
                return try state.checks.decode(found.value)
            }
            guard rows.count <= Limit.checkCountMaximum else { throw .unavailable }
            return .init(value: rows, index: found.index, age: found.age)
        } catch {
            state.withLock { $0.asksLeader = false }
            throw error
        }
    }

    /// Asks for the instances of the services that changed. The leader's answers are at least as
    /// new as the checks; if there is none, any server answers, and is asked again next time.
    private func complete(_ survey: inout ConsulSurvey) async throws(RegistryError) {
        var isLed = true
        for service in survey.changedServices {
            let target = ConsulTarget("health", "service", service).with("passing")
            if isLed {
                do throws(RegistryError) {
                    survey.take(.init(rows: try await rows(target), isFinal: true), of: service)
                    continue
                } catch {
                    isLed = false
                }
            }
            let rows = try await rows(target.with("stale"))
            survey.take(.init(rows: rows, isFinal: false), of: service)
        }
    }

    /// The instances that an answer about a service lists.
    private func rows(
        _ target: ConsulTarget
    ) async throws(RegistryError) -> [ConsulServiceRow] {
        let found = try await conversation.find(
            [ConsulHealthEntry].self, target, at: configuration.agent,
            timeout: configuration.queryTimeout)
        guard found.value.count <= Limit.instanceCountMaximum else { throw .unavailable }
        return found.value.map(\.service)
    }
}
