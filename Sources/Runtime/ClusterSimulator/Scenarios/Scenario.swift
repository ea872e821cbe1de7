/// Something that is simulated: a system, what is done to it, and what must hold.
public struct Scenario: Sendable {
    /// The scenario's name on the command line.
    public let name: String
    /// What happens, in a sentence.
    public let summary: String
    /// Counters of things that must happen now and then, for the invariants to say anything.
    public let sometimes: [String]
    /// Counters of the kinds of fault that are drawn.
    public let faults: [String]
    /// Carries out one run; it reports what is broken by ``Simulation/fail(_:_:)``, or throws it.
    public let run: @Sendable (Simulation) async throws -> Void

    /// Describes a scenario.
    public init(
        _ name: String, _ summary: String, sometimes: [String] = [], faults: [String] = [],
        run: @escaping @Sendable (Simulation) async throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.sometimes = sometimes
        self.faults = faults
        self.run = run
    }

    /// Carries out one run on the calling thread.
    public func simulate(_ options: SimulationOptions) -> SimulationReport {
        let simulation = Simulation(options)
        let run = run
        return simulation.run {
            do { try await run(simulation) } catch {
                simulation.fail("every step of the scenario succeeds", "\(error)")
            }
        }
    }
}

/// What a run came to.
public enum Verdict: String, Sendable, Hashable {
    /// All invariants held.
    case held
    /// Something happened that must not.
    case safety
    /// Something did not happen that must.
    case liveness
    /// Work left the simulation, so that the run cannot be repeated.
    case nondeterminism
}

extension SimulationReport {
    /// The beginning of the names of invariants that demand that something happens in the end.
    public static let livenessPrefix = "L "

    /// What the run came to.
    public var verdict: Verdict {
        if escapeCount > 0 { return .nondeterminism }
        let isUnsafe = violations.contains { violation in
            !violation.invariant.hasPrefix(Self.livenessPrefix)
                && violation.invariant != Violation.leakedTask
        }
        if isUnsafe { return .safety }
        if violationCount > 0 || ending != .finished { return .liveness }
        return .held
    }
}
