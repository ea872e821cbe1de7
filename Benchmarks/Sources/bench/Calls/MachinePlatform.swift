import Platform

extension Platform {
    /// The machine's clock, chance and tasks; what blocks finds no place.
    static let machine = Platform(
        clock: MachineClock(), random: MachineRandom(), tasks: MachineTasks(),
        offload: UnavailableOffload())
}

private struct MachineClock: NodeClock {
    private let clock = ContinuousClock()
    private let start = ContinuousClock.now

    var now: Instant { preconditionFailure("no call asks for the time of day") }
    var uptime: Duration { clock.now - start }

    func sleep(for duration: Duration) async throws { try await clock.sleep(for: duration) }
}

private struct MachineRandom: RandomSource {
    func next(_ purpose: RandomPurpose) -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}

private struct MachineTasks: TaskStarter {
    func start(_ name: String, _ body: @escaping @Sendable () async -> Void) -> StartedTask {
        let task = Task(name: name) { await body() }
        return StartedTask(cancel: { task.cancel() }, wait: { await task.value })
    }
}

private struct UnavailableOffload: Offload {
    func run<Value: Sendable>(
        _ name: StaticString, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        preconditionFailure("no call blocks: \(name)")
    }
}
