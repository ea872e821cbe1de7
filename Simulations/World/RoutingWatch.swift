import BSON
import Cluster
import ClusterSimulator
import Platform
import Trials

/// Sees which instances are called, and judges whether they were long gone.
final class RoutingWatch: @unchecked Sendable {
    /// How long after its end an instance may still be called (the routing bound): its time to
    /// live of 6 s, one watch whose answer got lost (10 s and what it may take more, 5 s), and the
    /// calls that were under way, 3 s.
    static let bound = Duration.seconds(25)
    /// How much longer for each later watch of the caller that came to nothing: the watch itself,
    /// what its answer may take more, and its rest.
    static let lostWatch = Duration.seconds(17)
    /// How late a network brings what it delays or doubles: a renewal that arrives after its
    /// sender's end, and an answer that was true when it was given.
    static let lateness = Duration.seconds(10)
    /// How long a crashed instance may stay in the registry: the promise of the janitors.
    static let removalBound = Duration.seconds(30)

    private struct Life {
        var machine: String
        /// When it crashed or had drained; nil while it lives.
        var end: Duration?
    }

    private let simulation: Simulation
    private var lives: [String: Life] = [:]
    private var boots: [String: Duration] = [:]
    /// When each machine's watches of the registry came to nothing.
    private var lostWatches: [String: [Duration]] = [:]
    private var lastDisturbance = Duration.zero
    /// Whether the network ever lost or delayed messages: those may still arrive.
    private var isNetworkLossy = false

    init(_ simulation: Simulation) { self.simulation = simulation }

    /// What a registry's client does that tells the watch whom it registers.
    func watched(
        _ registry: any ServiceRegistry, of machine: String
    ) -> any ServiceRegistry {
        boots[machine] = simulation.now
        lostWatches[machine] = []
        return WatchedRegistry(registry: registry) { [weak self] instance in
            self?.lives[instance.id.text] = Life(machine: machine)
        } onLostWatch: { [weak self] in
            guard let self else { return }
            lostWatches[machine, default: []].append(simulation.now)
        }
    }

    /// Notes that everything that lived on a machine has ended.
    func ended(_ machine: String) {
        for (id, life) in lives where life.machine == machine && life.end == nil {
            lives[id]?.end = simulation.now
        }
    }

    /// Notes that for a while nobody can know what is true: nodes stand still, links are cut, the
    /// registry is in trouble.
    func disturbed(for duration: Duration = .zero) {
        lastDisturbance = max(lastDisturbance, simulation.now + duration)
    }

    /// Notes that from now on the network loses and delays messages.
    func noteLossyNetwork() { isNetworkLossy = true }

    /// Whether nothing has disturbed what everybody knows for so long.
    func isQuiet(for duration: Duration) -> Bool {
        simulation.now - lastDisturbance > duration
    }

    private struct Target: Decodable {
        var i: String
    }

    /// Looks at a frame that a node sends to another.
    func called(by caller: String, _ frame: [UInt8]) {
        guard let boot = boots[caller],
            lives.contains(where: { $0.value.end != nil }),
            let target = target(of: frame), let end = lives[target]?.end
        else { return }
        simulation.count("calls to an instance that was gone")
        let known = max(end, boot, lastDisturbance)
        if simulation.now - known > bound(for: caller, since: known) {
            simulation.fail(
                Invariant.routing,
                "\(caller) called \(target) \(simulation.now - end) after its end")
        }
    }

    private func bound(for caller: String, since known: Duration) -> Duration {
        let lostCount = lostWatches[caller, default: []].count { $0 > known }
        if lostCount > 0 { simulation.count("sometimes: watch lost (15)") }
        return Self.bound + Self.lostWatch * lostCount
            + (isNetworkLossy ? Self.lateness : .zero)
    }

    private func target(of frame: [UInt8]) -> String? {
        do { return try BSONDecoder().decode(Target.self, from: frame).i } catch { return nil }
    }

    /// Judges the registry: whoever ended long ago is not in it.
    func judge(registered: [String]) {
        guard isQuiet(for: Self.removalBound) else { return }
        for id in registered {
            guard let end = lives[id]?.end, simulation.now - end > Self.removalBound else {
                continue
            }
            simulation.fail(
                Invariant.routing, "\(id) is registered \(simulation.now - end) after its end")
        }
        simulation.count("sometimes: registry judged (15)")
    }

    private struct WatchedRegistry: ServiceRegistry {
        let registry: any ServiceRegistry
        let onRegister: @Sendable (ServiceInstance) -> Void
        let onLostWatch: @Sendable () -> Void

        var timeToLive: Duration { registry.timeToLive }

        func register(_ instance: ServiceInstance) async throws(RegistryError) {
            onRegister(instance)
            try await registry.register(instance)
        }

        func renew(_ id: InstanceID) async throws(RegistryError) {
            try await registry.renew(id)
        }

        func deregister(_ id: InstanceID) async throws(RegistryError) {
            try await registry.deregister(id)
        }

        func instances(
            changedSince index: UInt64?, wait: Duration
        ) async throws(RegistryError) -> RegistrySnapshot {
            do throws(RegistryError) {
                return try await registry.instances(changedSince: index, wait: wait)
            } catch {
                onLostWatch()
                throw error
            }
        }
    }
}
