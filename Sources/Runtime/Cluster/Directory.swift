import Platform
import Synchronization

/// What a node knows of the registry, and which instance a call goes to.
///
/// It keeps the last good answer while the registry is away, and stops using an instance that
/// fails before the registry says so.
final class Directory: Sendable {
    /// How long an instance that could not be reached is avoided.
    static let suspension = Duration.seconds(2)
    /// How long one watch of the registry waits for a change, and so how long an answer that got
    /// lost goes unnoticed.
    static let watchWait = Duration.seconds(10)
    /// How long a failed watch rests, at most.
    static let restMaximum = Duration.seconds(2)

    struct Target: Sendable {
        var instance: ServiceInstance
        var callsInFlight = 0
        var suspendedUntil = Duration.zero
    }

    private struct State {
        var index: UInt64?
        var targets: [InstanceID: Target] = [:]
        var services: [ServiceName: [InstanceID]] = [:]
    }

    private let state = Mutex(State())
    private let platform: Platform
    private let registry: any ServiceRegistry
    private let ownAddress: Address

    init(platform: Platform, registry: any ServiceRegistry, ownAddress: Address) {
        self.platform = platform
        self.registry = registry
        self.ownAddress = ownAddress
    }

    /// Follows the registry until the task is cancelled.
    func watch() async {
        while !Task.isCancelled {
            let index = state.withLock(\.index)
            do {
                apply(try await registry.instances(changedSince: index, wait: Self.watchWait))
            } catch {
                let rest = platform.random.duration(below: Self.restMaximum, for: "registry rest")
                do { try await platform.clock.sleep(for: rest) } catch { return }
            }
        }
    }

    /// Takes the registry's answer; one that is older than the last stands, as the registry's
    /// index may go back when it lost its memory.
    func apply(_ snapshot: RegistrySnapshot) {
        state.withLock { state in
            state.index = snapshot.index
            // A busy instance that is away may come back before its calls end.
            var targets = state.targets.filter { $0.value.callsInFlight > 0 }
            var services: [ServiceName: [InstanceID]] = [:]
            for instance in snapshot.instances {
                targets[instance.id] = state.targets[instance.id] ?? Target(instance: instance)
                services[instance.service, default: []].append(instance.id)
            }
            (state.targets, state.services) = (targets, services)
        }
    }

    /// The instance for the next attempt, counted as busy until ``release(_:reached:)``: the one
    /// on this node, else the less loaded of two drawn ones; suspended ones only when there is
    /// no other.
    func pick(_ service: ServiceName, avoiding failed: InstanceID?) -> ServiceInstance? {
        let now = platform.clock.uptime
        return state.withLock { state in
            let all = (state.services[service] ?? []).compactMap { state.targets[$0] }
            let healthy = all.filter { $0.suspendedUntil <= now }
            let others = healthy.filter { $0.instance.id != failed }
            let pool = others.isEmpty ? (healthy.isEmpty ? all : healthy) : others
            guard !pool.isEmpty else { return nil }
            let own = pool.first { $0.instance.address == ownAddress }
            let chosen = own ?? lessLoaded(of: pool)
            state.targets[chosen.instance.id]?.callsInFlight += 1
            return chosen.instance
        }
    }

    /// The less loaded of two drawn targets.
    private func lessLoaded(of pool: [Target]) -> Target {
        guard pool.count > 1 else { return pool[0] }
        let first = pool[platform.random.below(pool.count, for: "instance choice")]
        let second = pool[platform.random.below(pool.count, for: "instance choice")]
        return second.callsInFlight < first.callsInFlight ? second : first
    }

    /// Ends an attempt; an instance that was not reached is avoided for a while.
    func release(_ id: InstanceID, reached: Bool) {
        let now = platform.clock.uptime
        state.withLock { state in
            state.targets[id]?.callsInFlight -= 1
            if !reached { state.targets[id]?.suspendedUntil = now + Self.suspension }
        }
    }
}
