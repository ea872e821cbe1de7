import ClusterSimulator
import Effects
import PeerReview
import Ports

extension Plant {
    /// Every planted bug; the tests demand that each is found within its number of seeds.
    public static let all = [
        noIdempotencyRecord, refusalsForgotten, noVersionCheck, replyBeforeCommit,
        outboxOutsideCommit, visibilityRuleDropped, unsyncedBlob,
    ]

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

    private static func commits(
        _ name: String, _ summary: String, invariant: String, within seedCount: Int,
        _ tamper:
            @escaping @Sendable ([DocumentWrite], any DocumentStore)
            async throws(StoreError) -> Void
    ) -> Plant {
        var plant = Plant(name, summary, invariant: invariant, within: seedCount)
        plant.store = { store, _ in PlantedStore(store: store, tamper: tamper) }
        return plant
    }

    private static let noIdempotencyRecord = commits(
        "no-idempotency-record", "A command does not remember that it was carried out.",
        invariant: "3", within: 10
    ) { writes, store throws(StoreError) in
        try await store.commit(writes.without(EffectsCollection.idempotency))
    }

    private static let refusalsForgotten = commits(
        "refusals-forgotten", "A refused command does not remember that it was refused.",
        invariant: "2", within: 150
    ) { writes, store throws(StoreError) in
        let isRefusal = writes.without(EffectsCollection.idempotency).isEmpty
        try await store.commit(isRefusal ? [] : writes)
    }

    private static let noVersionCheck = commits(
        "no-version-check", "A write does not expect the version that was read.",
        invariant: "18", within: 40
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.map { write in
                guard case .version = write.expecting else { return write }
                return DocumentWrite(write.key, expecting: .anything, write.change)
            })
    }

    private static var replyBeforeCommit: Plant {
        var plant = Plant(
            "reply-before-commit", "A command is answered before its commit is durable.",
            invariant: "1", within: 40)
        plant.store = { store, node in
            PlantedStore(store: store) { writes, store throws(StoreError) in
                node.start("late commit") {
                    do { try await store.commit(writes) } catch { return }
                }
            }
        }
        return plant
    }

    private static let outboxOutsideCommit = commits(
        "outbox-outside-commit", "The outbox rows are written after the commit, not in it.",
        invariant: "16", within: 60
    ) { writes, store throws(StoreError) in
        let rows = writes.only(EffectsCollection.outbox)
        let isAnnouncement = rows.count < writes.count
        try await store.commit(isAnnouncement ? writes.without(EffectsCollection.outbox) : writes)
        if isAnnouncement, !rows.isEmpty { try await store.commit(rows) }
    }

    private static var visibilityRuleDropped: Plant {
        var plant = Plant(
            "visibility-rule-dropped", "Anybody who is signed in sees submissions.",
            invariant: "6", within: 10)
        plant.policy = VisibilityPolicy(Array(VisibilityPolicy.standard.requirements.dropFirst()))
        return plant
    }

    private static var unsyncedBlob: Plant {
        var plant = Plant(
            "unsynced-blob", "A file gets its name before its content is on the disk.",
            invariant: "1", within: 20)
        plant.blobs = { UnsyncedBlobStore(store: $0) }
        return plant
    }
}
