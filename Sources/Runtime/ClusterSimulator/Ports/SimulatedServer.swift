import Platform
import Ports

/// A backing server of a simulation: what outlives the nodes that use it.
///
/// An operation travels to the server, is done there in one instant, and its result travels
/// back. A node that dies meanwhile does not call it back.
public class SimulatedServer: @unchecked Sendable {
    /// What became of a change that has no clear answer.
    private enum Fate {
        case clear, away, lostBefore, lostAfter
    }

    /// How clients are treated now.
    public var weather = StorageWeather.calm

    let name: String
    unowned let simulation: Simulation
    private var downUntil = Duration.zero

    init(_ name: String, _ simulation: Simulation) {
        self.name = name
        self.simulation = simulation
    }

    /// Refuses everything for a while.
    public func goDown(for duration: Duration) {
        downUntil = simulation.now + duration
        simulation.count("fault: \(name) down")
        simulation.record(.away(until: downUntil), at: name, "\(name) down")
    }

    /// Answers again.
    public func heal() {
        weather = .calm
        if simulation.now < downUntil { simulation.record(.back, at: name, "\(name) back") }
        downUntil = .zero
    }

    /// Does `operation` in one instant on behalf of `node`.
    ///
    /// - Parameters:
    ///   - isChange: whether an answer that is lost leaves the outcome unknown.
    ///   - text: the operation in words, for the trace.
    func perform<Value: Sendable>(
        for node: SimulatedNode, isChange: Bool, text: String? = nil,
        _ operation: @escaping () -> Result<Value, StoreError>
    ) async throws(StoreError) -> Value {
        do {
            return try await node.park { (wake: @escaping SimulatedNode.Wake<Value>) in
                let trace = OperationTrace(
                    simulation, by: node, on: name, isChange: isChange, text: text)
                carryOut(for: node, isChange: isChange, trace, operation, wake)
            }
        } catch let error as StoreError {
            throw error
        } catch {
            // Cancelled: the operation may be on its way.
            throw isChange ? .outcomeUnknown : .unavailable
        }
    }

    private func carryOut<Value: Sendable>(
        for node: SimulatedNode, isChange: Bool, _ trace: OperationTrace,
        _ operation: @escaping () -> Result<Value, StoreError>,
        _ wake: @escaping SimulatedNode.Wake<Value>
    ) {
        let draws = simulation.random(name, id: node.name)
        let (there, back) = (
            draws.duration(in: weather.latency), draws.duration(in: weather.latency)
        )
        let fate = fate(isChange: isChange, draws)
        var delay = there
        if draws.chance(permille: weather.slowPermille) {
            simulation.count("fault: slow \(name)")
            delay += draws.duration(in: StorageWeather.slowness)
        }
        trace.depart()
        simulation.after(delay) { [self] in
            let result: Result<Value, any Error>
            switch fate {
            case .clear where simulation.now < downUntil, .away:
                result = .failure(StoreError.unavailable)
                trace.turn("refused, the server is away")
            case .clear:
                result = operation().mapError { $0 }
                trace.turn(result)
            case .lostBefore:
                result = .failure(StoreError.outcomeUnknown)
                trace.turn("lost before it was done")
            case .lostAfter:
                result = .failure(StoreError.outcomeUnknown)
                if simulation.now >= downUntil {
                    trace.turn(operation().mapError { $0 }, isAnswerLost: true)
                } else {
                    trace.turn("lost before it was done")
                }
            }
            simulation.after(back) {
                trace.arrive(result)
                wake(result)
            }
        }
    }

    private func fate(isChange: Bool, _ draws: RandomStream) -> Fate {
        if draws.chance(permille: weather.unavailablePermille) {
            simulation.count("fault: \(name) unavailable")
            return .away
        }
        guard isChange, draws.chance(permille: weather.unknownPermille) else { return .clear }
        simulation.count("fault: \(name) outcome unknown")
        return draws.chance(permille: 500) ? .lostBefore : .lostAfter
    }
}
