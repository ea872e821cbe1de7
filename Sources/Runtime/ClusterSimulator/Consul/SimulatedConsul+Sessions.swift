import Platform

extension SimulatedConsul {
    /// Creates a session and returns its id.
    func createSession(
        _ body: [UInt8], at agent: ConsulAgent
    ) throws(ConsulFailure) -> String {
        var fields = try ConsulFields(
            body.isEmpty ? .object([]) : try ConsulJSONReader.read(body))
        let draws = simulation.random("consul", id: "sessions")
        let digits = { (count: Int) in
            (0..<count).map { _ in String(draws.below(16), radix: 16) }.joined()
        }
        let id = [8, 4, 4, 4, 12].map(digits).joined(separator: "-")
        var session = ConsulSession(
            id: id, name: try fields.text("Name") ?? "",
            node: try fields.text("Node") ?? agent.name, createIndex: catalogue.index + 1)
        // A small number means seconds, as it did in old releases.
        if let delay = try fields.duration("LockDelay") {
            session.lockDelay = delay < .microseconds(1) ? delay * 1_000_000_000 : delay
        }
        if let checks = try fields.texts("Checks") { session.checks = checks }
        if let checks = try fields.texts("NodeChecks") { session.checks = checks }
        let behaviour = try fields.text("Behavior") ?? "release"
        session.timeToLiveText = try fields.text("TTL") ?? ""
        try fields.end()
        guard behaviour == "release" || behaviour == "delete" else {
            throw .internalError("Invalid Behavior setting '\(behaviour)'")
        }
        session.deletesKeys = behaviour == "delete"
        session.timeToLive = try Self.timeToLive(session.timeToLiveText)
        try checkDependencies(of: session)
        change { $0.addSession(session) }
        startTimer(of: session)
        return id
    }

    private static func timeToLive(_ text: String) throws(ConsulFailure) -> Duration? {
        guard !text.isEmpty else { return nil }
        guard let duration = GoDuration.parse(text) else {
            throw .internalError(
                "Session TTL '\(text)' invalid: time: invalid duration \"\(text)\"")
        }
        guard ConsulSession.timeToLiveRange.contains(duration) else {
            throw .internalError(
                "Invalid Session TTL '\(duration.nanoseconds)', must be between [10s=24h0m0s]")
        }
        return duration
    }

    private func checkDependencies(of session: ConsulSession) throws(ConsulFailure) {
        guard catalogue.nodes[session.node] != nil else {
            throw .internalError("Missing node registration")
        }
        for id in session.checks {
            guard let check = catalogue.checks[ConsulKey(node: session.node, id: id)] else {
                throw .internalError("Missing check '\(id)' registration")
            }
            guard check.report.status != .critical else {
                throw .internalError("Check '\(id)' is in critical state")
            }
        }
    }

    /// Lets a session live on from now.
    func renewSession(_ id: String) throws(ConsulFailure) -> ConsulSession {
        guard let session = catalogue.sessions[id] else {
            throw .notFound("Session id '\(id)' not found")
        }
        if let timeToLive = session.timeToLive {
            sessionEnds[id] = simulation.now + timeToLive * 2
        }
        return session
    }

    /// Ends a session: its locks are free after its lock delay.
    func endSession(_ id: String) {
        guard let session = catalogue.sessions[id] else { return }
        sessionEnds[id] = nil
        for key in change({ $0.removeSession(id) }) where session.lockDelay > .zero {
            lockDelays[key] = simulation.now + session.lockDelay
        }
    }

    /// Starts the time of all sessions anew, as a new leader does.
    func restartSessionTimers() {
        for (id, session) in catalogue.sessions.sorted(by: { $0.key < $1.key })
        where session.timeToLive != nil {
            let isSet = sessionEnds[id] != nil
            sessionEnds[id] = simulation.now + (session.timeToLive ?? .zero) * 2
            if !isSet { awaitEnd(of: id) }
        }
    }

    /// A session ends twice its time to live after it was last renewed.
    private func startTimer(of session: ConsulSession) {
        guard let timeToLive = session.timeToLive else { return }
        sessionEnds[session.id] = simulation.now + timeToLive * 2
        awaitEnd(of: session.id)
    }

    /// There is one event for each session, which moves on with it.
    private func awaitEnd(of id: String) {
        guard let end = sessionEnds[id] else { return }
        simulation.at(end) { [self] in
            guard let end = sessionEnds[id] else { return }
            guard end <= simulation.now else { return awaitEnd(of: id) }
            guard hasLeader else {
                // A new leader starts the time anew.
                sessionEnds[id] = nil
                return
            }
            simulation.count("consul: session expired")
            endSession(id)
        }
    }
}
