import Platform

/// Who serves what, where: kept by all, believed with care.
public protocol ServiceRegistry: Sendable {
    /// Makes an instance known and passing.
    func register(_ instance: ServiceInstance) async throws(RegistryError)

    /// Says that an instance still serves. An instance that does not say so for ``timeToLive``
    /// is no longer passing.
    ///
    /// - Throws: ``RegistryError/notRegistered`` when the registry forgot it: register again.
    func renew(_ id: InstanceID) async throws(RegistryError)

    /// Removes an instance; one that is not there is removed already.
    func deregister(_ id: InstanceID) async throws(RegistryError)

    /// All passing instances, as soon as they differ from those of `index`, or after `wait`.
    ///
    /// - Parameter index: that of the last answer; nil answers at once.
    func instances(
        changedSince index: UInt64?, wait: Duration
    ) async throws(RegistryError) -> RegistrySnapshot

    /// How long an instance passes after it was last renewed.
    var timeToLive: Duration { get }
}

/// What ``InstanceID`` names is a running copy of a service.
public typealias InstanceID = ID<ServiceInstance>

/// A running copy of a service. Each start has a new id, whatever its address.
public struct ServiceInstance: Hashable, Sendable {
    /// Its identity.
    public let id: InstanceID
    /// The service it runs.
    public let service: ServiceName
    /// Where it listens.
    public let address: Address

    /// Describes an instance.
    public init(id: InstanceID, service: ServiceName, address: Address) {
        self.id = id
        self.service = service
        self.address = address
    }
}

/// The passing instances at one moment.
public struct RegistrySnapshot: Hashable, Sendable {
    /// Rises with every change.
    public let index: UInt64
    /// The instances in rising order of id.
    public let instances: [ServiceInstance]

    /// Describes the passing instances at one moment.
    public init(index: UInt64, instances: [ServiceInstance]) {
        self.index = index
        self.instances = instances
    }
}

/// Why the registry has no answer.
public enum RegistryError: Error, Hashable, Sendable {
    /// It cannot be reached or cannot answer now.
    case unavailable
    /// It does not know the instance.
    case notRegistered
}
