import Cluster
import ClusterSimulator
import Platform
import StarchairAPI

/// Sees how far the clocks of one service's machines are from the truth (ε).
final class ClockWatch: @unchecked Sendable {
    private let cluster: SimulatedCluster
    private let service: ServiceName
    /// The greatest distance so far, either way.
    private(set) var error = Duration.zero
    /// What the true time of the run's beginning is called.
    let start: Instant

    /// How often it looks: a clock that was set stays wrong until the next crash.
    private static let interval = Duration.milliseconds(20)

    init(_ cluster: SimulatedCluster, of service: ServiceName) {
        self.cluster = cluster
        self.service = service
        let simulation = cluster.simulation
        start = simulation.world.platform.clock.now - simulation.now
    }

    /// Looks again and again until the run is over.
    func begin(until isOver: @escaping () -> Bool) {
        let truth = start + cluster.simulation.now
        for machine in cluster.machines where machine.service == service {
            guard let node = machine.node, node.isUp else { continue }
            let distance = node.platform.clock.now - truth
            error = max(error, max(distance, .zero - distance))
        }
        guard !isOver() else { return }
        cluster.simulation.after(Self.interval) { [weak self] in self?.begin(until: isOver) }
    }
}
