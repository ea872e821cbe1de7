import Platform
import Synchronization

/// The registry of a cluster that lives in one process: its instances end with it, so none
/// expires.
public final class LocalRegistry: ServiceRegistry {
    private struct State {
        var table = RegistryTable()
        var watchers: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWatcher: UInt64 = 0
    }

    private let state = Mutex(State())
    private let deadlines: DeadlineWatch

    /// A registry without instances.
    public init(platform: Platform) { deadlines = DeadlineWatch(platform: platform) }

    public var timeToLive: Duration { .seconds(10) }

    public func register(_ instance: ServiceInstance) async throws(RegistryError) {
        change { $0.register(instance, until: .seconds(Int64.max / 4)) }
    }

    public func renew(_ id: InstanceID) async throws(RegistryError) {
        let found = state.withLock { state in
            state.table.snapshot.instances.contains { $0.id == id }
        }
        if !found { throw .notRegistered }
    }

    public func deregister(_ id: InstanceID) async throws(RegistryError) {
        change { $0.deregister(id) }
    }

    public func instances(
        changedSince index: UInt64?, wait: Duration
    ) async throws(RegistryError) -> RegistrySnapshot {
        if state.withLock({ $0.table.index }) == index {
            await deadlines.run(for: wait) { await self.nextChange(since: index) }
        }
        return state.withLock { $0.table.snapshot }
    }

    private func change(_ body: (inout RegistryTable) -> Void) {
        let woken = state.withLock { state in
            let index = state.table.index
            body(&state.table)
            guard state.table.index != index else { return [CheckedContinuation<Void, Never>]() }
            defer { state.watchers = [:] }
            return state.watchers.sorted { $0.key < $1.key }.map(\.value)
        }
        for watcher in woken { watcher.resume() }
    }

    private func nextChange(since index: UInt64?) async {
        let key = state.withLock { state in
            state.nextWatcher += 1
            return state.nextWatcher
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.table.index == index, !Task.isCancelled else { return false }
                    state.watchers[key] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.watchers.removeValue(forKey: key) }?.resume()
        }
    }
}
