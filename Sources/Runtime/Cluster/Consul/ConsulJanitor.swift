import Platform

/// Removes crashed instances from Consul long before Consul itself would.
///
/// The promise: a crashed instance is out of the registry within 30 s, although Consul's own
/// reaper needs 60 to 90 s. The sum: 6 s until its check expires, or 6.8 s until Consul notices
/// that its agent died with it; 2.7 s until every janitor has seen that, of which 2.2 s are for a
/// look (``lookWait`` and Consul's sixteenth of it) and 0.5 s for one that is lost
/// (``answerTimeout``); 20 s of ``patience``; 0.5 s for an agent that does not answer. It holds
/// as long as Consul has a leader and one janitor reaches it.
///
/// Every process may run a janitor: what is removed twice is removed once. An instance whose
/// check passes at its agent is never removed, nor is one that registered again.
public final class ConsulJanitor: Sendable {
    /// How long a check must have been critical, by the janitor's own uptime.
    public static let patience = Duration.seconds(20)
    /// How long one look waits for a change.
    public static let lookWait = Duration.seconds(2)
    /// How long an answer may take.
    public static let answerTimeout = Duration.milliseconds(500)
    /// How long a janitor rests after a look that failed, at most.
    static let restMaximum = Duration.milliseconds(200)

    private let configuration: ConsulRegistry.Configuration
    private let platform: Platform
    private let conversation: ConsulConversation

    /// A janitor of the process of `platform`; it acts on instances of its configuration's tag.
    public init(
        _ configuration: ConsulRegistry.Configuration, platform: Platform,
        exchange: any HTTPExchange
    ) {
        self.configuration = configuration
        self.platform = platform
        conversation = ConsulConversation(exchange: exchange, token: configuration.token)
    }

    /// Looks after the registry until the task is cancelled.
    public func run() async {
        var record = CriticalRecord(tag: configuration.tag, patience: Self.patience)
        var chain = BlockingIndex()
        while !Task.isCancelled {
            var rest = Duration.zero
            do throws(RegistryError) {
                try await look(&chain, &record)
                rest = chain.rest
            } catch {
                chain = BlockingIndex()
                rest = platform.random.duration(below: Self.restMaximum, for: "janitor rest")
            }
            var silentAgents: Set<String> = []
            for stay in record.takeDue(now: platform.clock.uptime) {
                await act(on: stay, &silentAgents)
            }
            do { try await platform.clock.sleep(for: rest) } catch { return }
        }
    }

    /// Reads all critical checks from the leader, as soon as they change or one is due.
    private func look(
        _ chain: inout BlockingIndex, _ record: inout CriticalRecord
    ) async throws(RegistryError) {
        let untilDue = record.nextDue.map { $0 - platform.clock.uptime } ?? Self.lookWait
        let wait = min(Self.lookWait, max(untilDue, .milliseconds(1)))
        let target = ConsulTarget("health", "state", "critical")
            .blocking(since: chain.value, wait: wait)
        let found = try await conversation.find(
            [ConsulCheckRow].self, target, at: configuration.agent,
            timeout: BlockingIndex.timeout(wait: wait, grace: Self.answerTimeout))
        guard found.value.count <= ConsulRegistry.Limit.checkCountMaximum else {
            throw .unavailable
        }
        chain.advance(to: found.index)
        record.note(found.value, now: platform.clock.uptime)
    }

    /// Removes what the stay condemns. Whatever fails is tried again, by this janitor or another.
    private func act(on stay: CriticalRecord.Stay, _ silentAgents: inout Set<String>) async {
        do throws(RegistryError) {
            let node = try await services(of: stay.node)
            for service in node where stay.isOfNode || service.id == stay.serviceID {
                if stay.isOfNode {
                    try await removeFromCatalogue(service.id, stay)
                } else {
                    try await remove(service, stay, &silentAgents)
                }
            }
        } catch {
            return
        }
    }

    /// The instances of this cluster on a node, in order.
    private func services(of node: String) async throws(RegistryError) -> [ConsulServiceRow] {
        let found = try await conversation.find(
            ConsulNodeEntry?.self, ConsulTarget("catalog", "node", node),
            at: configuration.agent, timeout: Self.answerTimeout)
        return (found.value?.services ?? [:]).values.filter { service in
            service.agent != nil && service.address != nil
                && service.tags?.contains(configuration.tag) == true
        }.sorted { $0.id < $1.id }
    }

    /// Removes an instance at its agent, whose word on it is the newest; one whose agent cannot
    /// be reached, or does not know it, leaves the catalogue.
    private func remove(
        _ service: ConsulServiceRow, _ stay: CriticalRecord.Stay,
        _ silentAgents: inout Set<String>
    ) async throws(RegistryError) {
        guard let agent = service.agent, !silentAgents.contains(agent) else {
            return try await removeFromCatalogue(service.id, stay)
        }
        let word: HTTPResponseMessage
        do throws(RegistryError) {
            word = try await conversation.send(
                .get, ConsulTarget("agent", "health", "service", "id", service.id), at: agent,
                timeout: Self.answerTimeout)
        } catch {
            silentAgents.insert(agent)
            return try await removeFromCatalogue(service.id, stay)
        }
        switch word.status {
        // Consul answers 503 if any check is critical, 429 for a warning, 200 if all pass.
        case 503 where try ConsulConversation.decode(ConsulLocalHealth.self, word.body).isSilent:
            _ = try await conversation.send(
                .put, ConsulTarget("agent", "service", "deregister", service.id), at: agent,
                timeout: Self.answerTimeout)
        case 404: try await removeFromCatalogue(service.id, stay)
        default: return
        }
    }

    private struct Deregistration: Encodable {
        let node: String
        let serviceID: String

        enum CodingKeys: String, CodingKey {
            case node = "Node"
            case serviceID = "ServiceID"
        }
    }

    /// Removes an instance from the catalogue, if the stay still lasts there. While its agent
    /// lives, anti-entropy may bring it back: that is another stay.
    private func removeFromCatalogue(
        _ service: String, _ stay: CriticalRecord.Stay
    ) async throws(RegistryError) {
        let checks = try await conversation.find(
            [ConsulCheckRow].self, ConsulTarget("health", "node", stay.node),
            at: configuration.agent, timeout: Self.answerTimeout)
        let lasts = checks.value.contains { check in
            check.status == "critical" && CriticalRecord.Stay(check) == stay
        }
        guard lasts else { return }
        let body = ConsulConversation.encode(Deregistration(node: stay.node, serviceID: service))
        _ = try await conversation.send(
            .put, ConsulTarget("catalog", "deregister"), at: configuration.agent, body: body,
            timeout: Self.answerTimeout)
    }
}
