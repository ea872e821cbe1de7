import ClusterSimulator
import Effects
import PeerReview
import Ports

extension Plant {
    /// Every planted bug; the tests demand that each is found within its number of seeds.
    public static let all = inEffects + inServices + inDeadlines + inVisibility + inEdges

    /// The bug of this name.
    public static func named(_ name: String) -> Plant? {
        (all + [unorderedIteration]).first { $0.name == name }
    }

    /// Not a wrong answer but a run that cannot be repeated: what the check of determinism is
    /// for. What it does depends on the order of a set, which differs between processes.
    private static let unorderedIteration = commits(
        "unordered-iteration", "The order of a set decides what is done.", invariant: "-",
        within: 1
    ) { writes, store throws(StoreError) in
        let collections = Set(writes.map(\.key.collection) + ["a", "b", "c", "d", "e"])
        if collections.first == "a" { _ = try await store.documents([], in: "a") }
        try await store.commit(writes)
    }

    /// A bug in what is committed, in the stores of all services or of one.
    static func commits(
        _ name: String, _ summary: String, of service: String? = nil, invariant: String,
        within seedCount: Int,
        _ tamper:
            @escaping @Sendable ([DocumentWrite], any DocumentStore)
            async throws(StoreError) -> Void
    ) -> Plant {
        var plant = Plant(name, summary, invariant: invariant, within: seedCount)
        plant.store = { store, node in
            guard service.map({ node.name.hasPrefix($0 + "-") }) ?? true else { return store }
            return PlantedStore(store: store, tamper: tamper)
        }
        return plant
    }

    /// The same bug, looked for at the deadline of submissions.
    var inRush: Plant {
        var plant = self
        plant.scenario = "submission-rush"
        return plant
    }

    /// The same bug, looked for at a deadline that comes by itself.
    var inDeadlineRush: Plant {
        var plant = self
        plant.scenario = "deadline-rush"
        return plant
    }
}
