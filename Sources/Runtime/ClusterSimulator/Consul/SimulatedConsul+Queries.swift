import Cluster
import Platform

extension SimulatedConsul {
    /// How long an agent believes in a connection to a server that says nothing.
    static let keepAlive = Duration.seconds(30)

    /// Answers a query, perhaps after a change.
    func ask(
        _ query: ConsulQuery, _ call: ConsulCall, at agent: ConsulAgent,
        _ connection: ConsulConnection
    ) throws(ConsulFailure) {
        let consistency = try call.consistency()
        let blocking = try call.blocking()
        let proceed = { [self] (failure: ConsulFailure?) in
            guard connection.isOpen else { return }
            if let failure { return answer(failure.queryAnswer, connection) }
            let known = consistency == .stale ? staleCatalogue : catalogue
            guard let blocking, known.answerIndex(of: query.resource) <= blocking.index else {
                return answer(read(query, consistency), connection)
            }
            block(query, consistency, blocking, agent, connection)
        }
        guard consistency == .stale else {
            return whenLed(agent, mayFailAtOnce: !leadership.hasQuorum, proceed)
        }
        proceed(agent.canReachServers ? nil : .noServers)
    }

    private func block(
        _ query: ConsulQuery, _ consistency: ConsulCall.Consistency,
        _ blocking: (index: UInt64, wait: Duration), _ agent: ConsulAgent,
        _ connection: ConsulConnection
    ) {
        let jitter = agent.draws.duration(in: .zero...(blocking.wait / 16))
        let end = simulation.after(blocking.wait + jitter) { [self] in release(connection.number) }
        blocked[connection.number] = ConsulBlockedQuery(
            query: query, consistency: consistency, index: blocking.index, agent: agent,
            connection: connection, end: end)
        // A change that the asked server has not heard of yet wakes the query when it has.
        if consistency == .stale, replica.frozen == nil,
            catalogue.answerIndex(of: query.resource) > blocking.index
        {
            release(connection.number)
        }
    }

    /// Answers the queries that waited for a change of any of those.
    func wakeQueries(touching touched: Set<ConsulCatalogue.Resource>) {
        for (number, blocked) in blocked.sorted(by: { $0.key < $1.key })
        where catalogue.isWoken(blocked.query.resource, by: touched)
            && catalogue.answerIndex(of: blocked.query.resource) > blocked.index
            && !(blocked.consistency == .stale && replica.frozen != nil)
        {
            release(number)
        }
    }

    /// Answers all blocked queries, whatever they wait for.
    func wakeAllQueries() {
        for number in blocked.keys.sorted() { release(number) }
    }

    /// Answers a blocked query with what there is now.
    private func release(_ number: Int) {
        guard let blocked = blocked[number], !blocked.isHanging else { return }
        self.blocked[number] = nil
        simulation.cancel(blocked.end)
        guard blocked.consistency != .stale else {
            // The change is told to the other servers first.
            simulation.after(replica.frozen == nil ? ConsulReplica.lag : .zero) { [self] in
                answer(read(blocked.query, .stale), blocked.connection)
            }
            return
        }
        whenLed(blocked.agent, mayFailAtOnce: true) { [self] failure in
            let answer = failure?.queryAnswer ?? read(blocked.query, blocked.consistency)
            self.answer(answer, blocked.connection)
        }
    }

    /// Breaks blocked queries off, as their server went away.
    func breakQueries(where isBroken: (ConsulBlockedQuery) -> Bool) {
        for (number, blocked) in blocked.sorted(by: { $0.key < $1.key }) where isBroken(blocked) {
            self.blocked[number] = nil
            simulation.cancel(blocked.end)
            let delay = blocked.agent.draws.duration(in: .zero...Duration.milliseconds(10))
            simulation.after(delay) { [self] in
                answer(ConsulFailure.brokenOff.queryAnswer, blocked.connection)
            }
        }
    }

    /// Leaves the queries of an agent that was cut off without a word until its patience ends.
    func hangQueries(of agent: ConsulAgent) {
        for (number, blocked) in blocked.sorted(by: { $0.key < $1.key })
        where blocked.agent === agent {
            simulation.cancel(blocked.end)
            self.blocked[number]?.isHanging = true
            self.blocked[number]?.end = simulation.after(Self.keepAlive) { [self] in
                self.blocked[number] = nil
                answer(ConsulFailure.brokenOff.queryAnswer, blocked.connection)
            }
        }
    }

    /// Forgets a blocked query whose client is gone.
    func dropQuery(_ number: Int) {
        guard let blocked = blocked.removeValue(forKey: number) else { return }
        simulation.cancel(blocked.end)
    }

    /// The answer to a query, with its headers.
    private func read(
        _ query: ConsulQuery, _ consistency: ConsulCall.Consistency
    ) -> HTTPResponseMessage {
        let known = consistency == .stale ? staleCatalogue : catalogue
        var answer = known.answer(to: query)
        answer.headers["x-consul-index"] = "\(known.answerIndex(of: query.resource))"
        let isLost = consistency == .stale && replica.frozen != nil
        answer.headers["x-consul-knownleader"] = hasLeader && !isLost ? "true" : "false"
        let loss = isLost ? replica.frozenSince : leadership.vacancyStart
        let age = hasLeader && !isLost ? .zero : simulation.now - loss
        answer.headers["x-consul-lastcontact"] = "\(age.milliseconds)"
        answer.headers["x-consul-effective-consistency"] = consistency.rawValue
        return answer
    }

    /// Gives an agent's answer to its client.
    func answer(_ answer: HTTPResponseMessage, _ connection: ConsulConnection) {
        let agent = agents[connection.request.authority]
        simulation.after(agent?.slowness ?? .zero) { connection.respond(answer) }
    }
}
