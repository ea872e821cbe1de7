import BSON
import Cluster
import Platform
import Ports
import Synchronization

/// A bus whose clients believe too much.
struct PlantedBus: EventBus {
    let bus: any EventBus
    var takesAtOnce = false
    var ignoresConfirm = false

    func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError) {
        do throws(BusError) {
            try await bus.publish(event, to: queue)
        } catch {
            if !ignoresConfirm { throw error }
        }
    }

    func consume(
        _ queue: QueueName, prefetchMaximum: Int,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws(BusError) {
        let takesAtOnce = takesAtOnce
        try await bus.consume(queue, prefetchMaximum: prefetchMaximum) { delivery in
            let verdict = await handler(delivery)
            return takesAtOnce ? .taken : verdict
        }
    }

    func signal(_ signal: BusSignal) async throws(BusError) { try await bus.signal(signal) }

    func listen(
        to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
    ) async throws(BusError) {
        try await bus.listen(to: topic, handler)
    }
}

/// A bus whose client loses some of what it says it has published.
final class DroppingBus: EventBus {
    private let bus: any EventBus
    private let count = Mutex(0)

    init(bus: any EventBus) { self.bus = bus }

    func publish(_ event: BusEvent, to queue: QueueName) async throws(BusError) {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number % 7 != 0 { try await bus.publish(event, to: queue) }
    }

    func consume(
        _ queue: QueueName, prefetchMaximum: Int,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict
    ) async throws(BusError) {
        try await bus.consume(queue, prefetchMaximum: prefetchMaximum, handler)
    }

    func signal(_ signal: BusSignal) async throws(BusError) { try await bus.signal(signal) }

    func listen(
        to topic: TopicName, _ handler: @escaping @Sendable (BusSignal) async -> Void
    ) async throws(BusError) {
        try await bus.listen(to: topic, handler)
    }
}

/// A transport that repeats what got no answer, without rest and beyond any budget.
struct InsistentTransport: Transport {
    let transport: any Transport

    private static let repetitionCount = 15

    func call(
        _ address: Address, _ frame: [UInt8], timeout: Duration
    ) async throws(TransportError) -> [UInt8] {
        for _ in 0..<Self.repetitionCount {
            do throws(TransportError) {
                return try await transport.call(address, frame, timeout: timeout)
            } catch {
                if error == .cancelled { throw error }
            }
        }
        return try await transport.call(address, frame, timeout: timeout)
    }

    func listen(
        at address: Address, _ handler: @escaping FrameHandler
    ) async throws(TransportError) {
        try await transport.listen(at: address, handler)
    }

    func stopListening(at address: Address) async {
        await transport.stopListening(at: address)
    }
}

/// A cache that forgets nothing and says that everything is new.
struct PlantedCache: SessionCache {
    private final class Kept: Sendable {
        let values = Mutex<[String: [UInt8]]>([:])
    }

    let cache: any SessionCache
    let clock: any NodeClock
    private let kept = Kept()

    init(cache: any SessionCache, clock: any NodeClock) {
        self.cache = cache
        self.clock = clock
    }

    func value(for key: String) async throws(CacheError) -> [UInt8]? {
        let found = try await cache.value(for: key)
        return renewed(kept.values.withLock { $0[key] } ?? found)
    }

    func set(_ value: [UInt8], for key: String, expiry: Duration) async throws(CacheError) {
        kept.values.withLock { $0[key] = value }
        try await cache.set(value, for: key, expiry: expiry)
    }

    func remove(_ key: String) async throws(CacheError) { try await cache.remove(key) }

    /// The entry as if its authority had just been asked.
    private func renewed(_ bytes: [UInt8]?) -> [UInt8]? {
        guard let bytes else { return nil }
        do {
            let elements = try BSONDocument(bytes: bytes).elements.map { element in
                element.key == "asked"
                    ? BSONDocument.Element(
                        key: "asked", value: .string(clock.now.description)) : element
            }
            return try BSONDocument(elements: elements).bytes
        } catch {
            return bytes
        }
    }
}

/// A registry's client that forgets nobody.
final class PlantedRegistry: ServiceRegistry {
    private let registry: any ServiceRegistry
    private let known = Mutex<[InstanceID: ServiceInstance]>([:])

    init(registry: any ServiceRegistry) { self.registry = registry }

    var timeToLive: Duration { registry.timeToLive }

    func register(_ instance: ServiceInstance) async throws(RegistryError) {
        try await registry.register(instance)
    }

    func renew(_ id: InstanceID) async throws(RegistryError) { try await registry.renew(id) }

    func deregister(_ id: InstanceID) async throws(RegistryError) {
        try await registry.deregister(id)
    }

    func instances(
        changedSince index: UInt64?, wait: Duration
    ) async throws(RegistryError) -> RegistrySnapshot {
        let snapshot = try await registry.instances(changedSince: index, wait: wait)
        let all = known.withLock { known in
            for instance in snapshot.instances { known[instance.id] = instance }
            return known.values.sorted { $0.id < $1.id }
        }
        return RegistrySnapshot(index: snapshot.index, instances: all)
    }
}
