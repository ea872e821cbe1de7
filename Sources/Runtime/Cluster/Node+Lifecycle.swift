import Platform

extension Node {
    /// Listens, registers what it hosts, and watches the registry; it serves when this returns.
    ///
    /// A registry that is away does not stop a node: it registers as soon as it can.
    public func start() async throws(TransportError) {
        try await transport.listen(at: configuration.address) { [weak self] frame in
            await self?.receive(frame) ?? Node.unlistened
        }
        let instances = state.withLock { state in
            state.phase = .serving
            return Self.instances(state)
        }
        for instance in instances { await announce(instance) }
        await learn()
        startInBackground("registry watch") { [client] in
            await client.directory.watch()
        }
        for instance in instances {
            startInBackground("registry renewal") { [weak self] in await self?.renew(instance) }
        }
    }

    /// Reads the registry once, so that ``client`` can call: for a visitor that serves nothing.
    public func visit() async { await learn() }

    /// Leaves the registry and goes on answering, for those who have not heard of it yet.
    public func leave() async {
        let instances = state.withLock { state in
            if state.phase == .serving { state.phase = .leaving }
            return Self.instances(state)
        }
        for instance in instances { await withdraw(instance) }
    }

    /// Whether the node is to be called: it serves and does not leave.
    public var isReady: Bool { state.withLock { $0.phase == .serving } }

    /// Leaves the registry, waits for the calls that run, and stops.
    ///
    /// - Returns: whether all calls ended in time.
    @discardableResult
    public func drain() async -> Bool {
        let instances = state.withLock { state in
            state.phase = .draining
            return Self.instances(state)
        }
        for instance in instances { await withdraw(instance) }
        let end = platform.clock.uptime + configuration.drainTimeout
        while callsInFlight > 0, platform.clock.uptime < end {
            do { try await platform.clock.sleep(for: .milliseconds(20)) } catch { break }
        }
        let isEmpty = callsInFlight == 0
        await stop()
        return isEmpty
    }

    /// Stops at once: calls that run are on their own.
    public func stop() async {
        await transport.stopListening(at: configuration.address)
        let background = state.withLock { state in
            defer { state.background = [] }
            state.phase = .stopped
            return state.background
        }
        for task in background { task.cancel() }
    }

    /// Starts work that is cancelled when the node stops.
    public func startInBackground(_ name: String, _ body: @escaping @Sendable () async -> Void) {
        let task = platform.tasks.start(name, body)
        state.withLock { $0.background.append(task) }
    }

    private static func instances(_ state: borrowing State) -> [ServiceInstance] {
        state.hosted.values.map(\.instance).sorted { $0.id < $1.id }
    }

    private var callsInFlight: Int {
        state.withLock { $0.hosted.values.reduce(0) { $0 + $1.callsInFlight } }
    }

    private func announce(_ instance: ServiceInstance) async {
        // A registry that is away is told by the renewal, which registers again when needed.
        do { try await registry.register(instance) } catch { return }
    }

    private func learn() async {
        // Without an answer the watch goes on asking.
        do {
            client.directory.apply(try await registry.instances(changedSince: nil, wait: .zero))
        } catch { return }
    }

    private func withdraw(_ instance: ServiceInstance) async {
        // An instance that cannot be withdrawn expires.
        do { try await registry.deregister(instance.id) } catch { return }
    }

    private func renew(_ instance: ServiceInstance) async {
        while isReady {
            do { try await platform.clock.sleep(for: registry.timeToLive / 3) } catch { return }
            guard isReady else { return }
            do throws(RegistryError) {
                try await registry.renew(instance.id)
            } catch {
                // While the registry is away, the next renewal tries again.
                if error == .notRegistered { await announce(instance) }
            }
        }
    }
}
