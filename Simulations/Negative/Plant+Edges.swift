import Cluster
import ClusterSimulator
import Ports

extension Plant {
    /// Bugs at the edges: the bus, the cache, the registry's client.
    static let inEdges = [
        takenBeforeCommit, confirmIgnored, eventsDropped, sessionsKept, timeToLiveIgnored,
        retriesUnbounded,
    ]

    private static var takenBeforeCommit: Plant {
        var plant = Plant(
            "taken-before-commit", "The broker is told that an event was taken before it was.",
            invariant: "16", within: 10)
        plant.bus = { PlantedBus(bus: $0, takesAtOnce: true) }
        return plant
    }

    private static var confirmIgnored: Plant {
        var plant = Plant(
            "confirm-ignored", "What the broker did not confirm counts as published.",
            invariant: "16", within: 10)
        plant.bus = { PlantedBus(bus: $0, ignoresConfirm: true) }
        return plant
    }

    private static var eventsDropped: Plant {
        var plant = Plant(
            "events-dropped", "A client of the broker loses every seventh event it was given.",
            invariant: "17", within: 5)
        plant.bus = { DroppingBus(bus: $0) }
        return plant
    }

    private static var retriesUnbounded: Plant {
        var plant = Plant(
            "retries-unbounded", "A call that gets no answer is repeated at once, and again.",
            invariant: "20", within: 20)
        plant.transport = { InsistentTransport(transport: $0) }
        return plant
    }

    private static var sessionsKept: Plant {
        var plant = Plant(
            "sessions-kept", "A cached session is believed as if it had just been confirmed.",
            invariant: "13", within: 20)
        plant.cache = { PlantedCache(cache: $0, clock: $1.platform.clock) }
        return plant
    }

    private static var timeToLiveIgnored: Plant {
        var plant = Plant(
            "time-to-live-ignored", "Who was registered once is called for ever.",
            invariant: "15", within: 10)
        plant.registry = { PlantedRegistry(registry: $0) }
        plant.scenario = "registry-ttl-expiry"
        return plant
    }
}
