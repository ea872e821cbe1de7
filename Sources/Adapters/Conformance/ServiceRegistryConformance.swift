import Cluster
import Platform

/// What every ``ServiceRegistry`` promises while nothing goes wrong.
public enum ServiceRegistryConformance {
    /// A registry to be checked.
    public struct Subject: Sendable {
        /// The registry as one process sees it; nobody is registered.
        public let registry: any ServiceRegistry
        /// The same registry as another process sees it.
        public let other: any ServiceRegistry
        /// The platform that both were given.
        public let platform: Platform
        /// What the instances' ids begin with, for a registry that others use at the same time.
        public let prefix: String

        /// Describes a registry without instances.
        public init(
            _ registry: any ServiceRegistry, other: any ServiceRegistry, platform: Platform,
            prefix: String = ""
        ) {
            self.registry = registry
            self.other = other
            self.platform = platform
            self.prefix = prefix
        }
    }

    /// Checks of every registry, each for a fresh subject.
    public static let checks: [Check<Subject>] = instances + watches

    private static let instances: [Check<Subject>] = [
        Check("an instance that registers is seen as it is, by every process") { subject in
            try await subject.registry.register(subject.anna)
            try await subject.seen([subject.anna])
            try await subject.seen([subject.anna], by: subject.registry)
        },
        Check("all services' instances come in the order of their ids") { subject in
            for instance in [subject.carl, subject.anna, subject.bert] {
                try await subject.registry.register(instance)
            }
            try await subject.seen([subject.anna, subject.bert, subject.carl])
        },
        Check("who registers again is there once, as it is now") { subject in
            try await subject.registry.register(subject.anna)
            let moved = ServiceInstance(
                id: subject.anna.id, service: subject.anna.service,
                address: "10.0.0.9:6000")
            try await subject.registry.register(moved)
            try await subject.seen([moved])
        },
        Check("who deregisters is gone, and may go again") { subject in
            try await subject.registry.register(subject.anna)
            try await subject.registry.register(subject.bert)
            try await subject.seen([subject.anna, subject.bert])
            for _ in 0..<2 { try await subject.registry.deregister(subject.anna.id) }
            try await subject.seen([subject.bert])
            try await subject.registry.deregister(subject.bert.id)
            try await subject.seen([])
        },
        Check("whom the registry does not know, it tells to register") { subject in
            try await subject.refusesRenewal(of: subject.anna)
            try await subject.registry.register(subject.anna)
            try await subject.registry.renew(subject.anna.id)
            try await subject.registry.deregister(subject.anna.id)
            try await subject.refusesRenewal(of: subject.anna)
        },
    ]

    private static let watches: [Check<Subject>] = [
        Check("whoever waits is told of who comes and goes, with a higher index") { subject in
            let first = try await subject.other.instances(changedSince: nil, wait: .zero)
            let (registry, clock) = (subject.registry, subject.platform.clock)
            let change = subject.platform.tasks.start("change") {
                do {
                    try await clock.sleep(for: .milliseconds(200))
                    try await registry.register(subject.anna)
                } catch { return }
            }
            try await subject.seen([subject.anna], since: first)
            await change.wait()
            let second = try await subject.other.instances(changedSince: nil, wait: .zero)
            try expect("the index rises", second.index > first.index)
            let end = subject.platform.tasks.start("end") {
                do {
                    try await clock.sleep(for: .milliseconds(200))
                    try await registry.deregister(subject.anna.id)
                } catch { return }
            }
            try await subject.seen([], since: second)
            await end.wait()
        },
        Check("whoever waits for nothing new is told in the end that all is as it was") { subject in
            try await subject.registry.register(subject.anna)
            try await subject.seen([subject.anna])
            let first = try await subject.other.instances(changedSince: nil, wait: .zero)
            let next = try await subject.other.instances(
                changedSince: first.index, wait: .milliseconds(300))
            try expect("the instances", next.instances, is: [subject.anna])
        },
        Check("whoever knows an old state is told the new one at once") { subject in
            let first = try await subject.other.instances(changedSince: nil, wait: .zero)
            try await subject.registry.register(subject.anna)
            try await subject.seen([subject.anna])
            let next = try await subject.other.instances(
                changedSince: first.index, wait: .seconds(60))
            try expect("the instances", next.instances, is: [subject.anna])
        },
        Check("whoever waits and is cancelled waits no longer") { subject in
            let first = try await subject.other.instances(changedSince: nil, wait: .zero)
            let other = subject.other
            let watch = subject.platform.tasks.start("watch") {
                do {
                    _ = try await other.instances(changedSince: first.index, wait: .seconds(3600))
                } catch { return }
            }
            try await subject.platform.clock.sleep(for: .milliseconds(200))
            watch.cancel()
            await watch.wait()
        },
    ]

    /// Checks of a registry whose processes may vanish without a word.
    public static let expiryChecks: [Check<Subject>] = [
        Check("who renews passes for longer than its time to live, who does not is gone") {
            subject in
            let (registry, clock) = (subject.registry, subject.platform.clock)
            for instance in [subject.anna, subject.bert] {
                try await registry.register(instance)
            }
            try await subject.seen([subject.anna, subject.bert])
            for _ in 0..<8 {
                try await clock.sleep(for: registry.timeToLive / 4)
                try await registry.renew(subject.anna.id)
            }
            try await subject.seen([subject.anna])
            // It may be known still, or forgotten.
            do throws(RegistryError) {
                try await registry.renew(subject.bert.id)
            } catch {
                try expect("the error", error, is: .notRegistered)
                try await registry.register(subject.bert)
            }
            try await registry.renew(subject.anna.id)
            try await subject.seen([subject.anna, subject.bert])
        }
    ]
}

extension ServiceRegistryConformance.Subject {
    fileprivate var anna: ServiceInstance { instance("anna", of: "greeter", 1) }
    fileprivate var bert: ServiceInstance { instance("bert", of: "greeter", 2) }
    fileprivate var carl: ServiceInstance { instance("carl", of: "cook", 3) }

    private func instance(
        _ name: String, of service: ServiceName, _ number: Int
    ) -> ServiceInstance {
        guard let id = InstanceID(prefix + name) else {
            preconditionFailure("a prefix is made of what ids are made of")
        }
        return ServiceInstance(id: id, service: service, address: Address("10.0.0.\(number):6000"))
    }

    /// How long a change may take until it is seen.
    private static let sightTime = Duration.seconds(30)

    /// Throws unless these instances are what a process comes to see, by waiting for changes.
    fileprivate func seen(
        _ expected: [ServiceInstance], by registry: (any ServiceRegistry)? = nil,
        since first: RegistrySnapshot? = nil
    ) async throws {
        let end = platform.clock.uptime + Self.sightTime
        var snapshot = first
        repeat {
            snapshot = try await (registry ?? other).instances(
                changedSince: snapshot?.index, wait: .seconds(1))
        } while snapshot?.instances != expected && platform.clock.uptime < end
        try expect("the instances", snapshot?.instances, is: expected)
    }

    fileprivate func refusesRenewal(of instance: ServiceInstance) async throws {
        try await expectError("renewing", "notRegistered") { () async throws(RegistryError) in
            try await registry.renew(instance.id)
        } where: {
            $0 == .notRegistered
        }
    }
}
