import LocalCluster
import Platform
import Trials

/// Breaks a cluster after a plan, and heals it.
struct Storm {
    let cluster: LocalCluster
    let meter: WriteMeter
    let platform: Platform

    /// How long a kill waits for enough writes under way.
    static let loadPatience = Duration.seconds(10)
    /// How often it looks.
    static let loadInterval = Duration.milliseconds(1)

    /// Breaks until a moment of the clock; what is broken then is left to ``heal()``.
    func rage(_ plan: ChaosPlan, until end: Duration, _ board: ChaosBoard) async throws {
        var plan = plan
        while platform.clock.uptime < end {
            try Task.checkCancellation()
            let step = plan.next()
            for fault in step.faults { try await begin(fault, board) }
            try await platform.clock.sleep(for: step.lasts)
            try await mend(step.faults, board)
            try await platform.clock.sleep(for: step.rest)
        }
        let last = plan.next()
        for fault in last.faults { try await begin(fault, board) }
        try await platform.clock.sleep(for: last.lasts)
    }

    private func begin(_ fault: ChaosFault, _ board: ChaosBoard) async throws {
        if fault.isDeadly { try await waitForLoad() }
        board.begin(fault, meter.load)
        await attempt("\(fault)", board) {
            switch fault.kind {
            case .kill: try await cluster.kill(fault.machine)
            case .restart: try await cluster.restart(fault.machine)
            case .pause: try await cluster.pause(fault.machine)
            case .cut: try await cluster.cut(fault.machine, from: fault.peer)
            }
        }
    }

    private func waitForLoad() async throws {
        let end = platform.clock.uptime + Self.loadPatience
        while meter.load.inFlightCount < ChaosTally.inFlightMinimum, platform.clock.uptime < end {
            try await platform.clock.sleep(for: Self.loadInterval)
        }
    }

    /// Ends what a step has broken: networks first, as whoever starts needs them.
    private func mend(_ faults: [ChaosFault], _ board: ChaosBoard) async throws {
        if faults.contains(where: { $0.kind == .cut }) {
            await attempt("heal", board) { try await cluster.heal() }
        }
        for fault in faults where fault.kind == .pause {
            await attempt("resume \(fault.machine)", board) {
                try await cluster.resume(fault.machine)
            }
        }
        // Servers have no slash in their names; instances wait for them.
        let killed = faults.filter { $0.kind == .kill }
        for fault in killed.filter({ !$0.machine.contains("/") })
            + killed.filter({ $0.machine.contains("/") })
        {
            await attempt("start \(fault.machine)", board) {
                try await cluster.restart(fault.machine)
            }
        }
        board.calm()
    }

    private func attempt(
        _ what: String, _ board: ChaosBoard, _ body: () async throws -> Void
    ) async {
        do {
            try await body()
        } catch {
            // It is mended at the end, when all is healed.
            board.fail("\(what): \(error)")
        }
    }

    /// Heals everything; the system recovers by itself from then on.
    func heal() async throws {
        try await cluster.heal()
        for machine in await cluster.machines { try await cluster.resume(machine.name) }
        try await cluster.start()
    }
}
