import Platform

/// The registry's state and rules, without waiting: who guards it decides where it stands.
public struct RegistryTable: Sendable {
    private struct Entry {
        var instance: ServiceInstance
        var expiry: Duration
    }

    private var entries: [InstanceID: Entry] = [:]
    /// Rises with every change of the passing instances.
    public private(set) var index: UInt64 = 1

    /// A registry that knows nobody.
    public init() {}

    /// Makes an instance passing until `expiry`.
    public mutating func register(_ instance: ServiceInstance, until expiry: Duration) {
        let known = entries.updateValue(
            Entry(instance: instance, expiry: expiry), forKey: instance.id)
        if known?.instance != instance { index += 1 }
    }

    /// Moves an instance's expiry.
    public mutating func renew(_ id: InstanceID, until expiry: Duration) throws(RegistryError) {
        guard entries[id] != nil else { throw .notRegistered }
        entries[id]?.expiry = expiry
    }

    /// Removes an instance.
    public mutating func deregister(_ id: InstanceID) {
        if entries.removeValue(forKey: id) != nil { index += 1 }
    }

    /// Removes the instances that were not renewed in time.
    public mutating func expire(at moment: Duration) {
        let expired = entries.filter { $0.value.expiry <= moment }
        for id in expired.keys { entries[id] = nil }
        if !expired.isEmpty { index += 1 }
    }

    /// When the next instance expires unless it is renewed.
    public var nextExpiry: Duration? { entries.values.map(\.expiry).min() }

    /// The passing instances.
    public var snapshot: RegistrySnapshot {
        let instances = entries.values.map(\.instance).sorted { $0.id < $1.id }
        return RegistrySnapshot(index: index, instances: instances)
    }
}
