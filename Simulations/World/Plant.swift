import Cluster
import ClusterSimulator
import PeerReview
import Ports

/// A bug put in on purpose: values and wrappers in place of the right ones. Production code knows
/// nothing of it.
public struct Plant: Sendable {
    /// The bug's name on the command line.
    public let name: String
    /// What is wrong, in a sentence.
    public let summary: String
    /// The number of the invariant that must turn red.
    public let invariant: String
    /// Seeds within which it must.
    public let seedCountMaximum: Int
    /// The scenario in which it is found.
    public var scenario = "whole-conference"
    var policy = VisibilityPolicy.standard
    var store: @Sendable (any DocumentStore, SimulatedNode) -> any DocumentStore = { store, _ in
        store
    }
    var blobs: @Sendable (any BlobStore) -> any BlobStore = { $0 }
    var bus: @Sendable (any EventBus) -> any EventBus = { $0 }
    var cache: @Sendable (any SessionCache, SimulatedNode) -> any SessionCache = { cache, _ in
        cache
    }
    var transport: @Sendable (any Transport) -> any Transport = { $0 }
    var registry: @Sendable (any ServiceRegistry) -> any ServiceRegistry = { $0 }

    init(_ name: String, _ summary: String, invariant: String, within seedCountMaximum: Int) {
        self.name = name
        self.summary = summary
        self.invariant = invariant
        self.seedCountMaximum = seedCountMaximum
    }

    /// Whether a run failed as this bug makes it fail.
    public func explains(_ report: SimulationReport) -> Bool {
        report.violations.contains { $0.isOf(invariant) }
    }
}

extension Violation {
    /// Whether the broken invariant has this number, be it of what must never happen or of what
    /// must happen in the end.
    func isOf(_ number: String) -> Bool {
        invariant.hasPrefix(number + " ")
            || invariant.hasPrefix(SimulationReport.livenessPrefix + number + " ")
    }
}
