import Platform

extension SimulatedNode {
    /// Starts `body` on a lane of its own: the only way in which anything begins on a node.
    ///
    /// On a node that is down nothing starts, and the handle is that of a task that has ended.
    @discardableResult
    public func start(
        _ name: String, _ body: @escaping @Sendable () async -> Void
    ) -> StartedTask {
        guard isUp || simulation.isReaping else { return StartedTask(cancel: {}, wait: {}) }
        checkUser(of: "task starter")
        let lane = simulation.makeLane(self, name)
        let task = Task(name: name, executorPreference: lane) { [self] in
            await body()
            tasks[lane.number] = nil
        }
        tasks[lane.number] = (task, name)
        simulation.record(.start, node: self, name)
        if simulation.isReaping { task.cancel() }
        return StartedTask(
            cancel: { [self] in
                checkUser(of: "tasks")
                task.cancel()
            },
            wait: { await task.value })
    }

    /// Asks every task of the node to end, by cancellation, between two jobs: a graceful stop.
    public func stop() {
        simulation.after(.zero) { [self] in cancelTasks() }
    }

    /// Whether a started task has not ended.
    var hasTasks: Bool { !tasks.isEmpty }

    /// The started tasks that have not ended, in order of starting.
    var unfinishedTasks: [UnfinishedTask] {
        tasks.sorted { $0.key < $1.key }.map { lane, started in
            UnfinishedTask(
                node: name, incarnation: incarnation, lane: lane, name: started.name,
                awaits: .awaits(of: unsafeBitCast(started.task, to: UInt.self)))
        }
    }

    /// Ends all waits and cancels all tasks: the reaper's part in a node's end.
    func endEverything() {
        for fail in waits.removeAll() { fail(NodeIsDown(node: name)) }
        cancelTasks()
    }

    /// Takes the jobs that a crash or a pause holds back.
    func takeStoppedJobs() -> [ReadyJob] {
        defer {
            buried = []
            held = []
        }
        return buried + held
    }

    /// Lets go of everything at the end of the run.
    func release() {
        tasks = [:]
        waits = WaitTable()
        crashEvents = []
        buried = []
        held = []
    }

    private func cancelTasks() {
        for (_, started) in tasks.sorted(by: { $0.key < $1.key }) { started.task.cancel() }
    }
}
