import ClusterSimulator
import Effects
import PeerReview
import Ports

extension Plant {
    /// Bugs in how commands take effect.
    static let inEffects = [
        noIdempotencyRecord, refusalsForgotten, noVersionCheck, replyBeforeCommit,
        outboxOutsideCommit, deliveredAtFirstTry, halfCommit, unsyncedBlob,
    ]

    private static let noIdempotencyRecord = commits(
        "no-idempotency-record", "A command does not remember that it was carried out.",
        invariant: "3", within: 10
    ) { writes, store throws(StoreError) in
        try await store.commit(writes.without(EffectsCollection.idempotency))
    }.inRush

    private static let refusalsForgotten = commits(
        "refusals-forgotten", "A refused command does not remember that it was refused.",
        invariant: "2", within: 10
    ) { writes, store throws(StoreError) in
        let isRefusal = writes.without(EffectsCollection.idempotency).isEmpty
        try await store.commit(isRefusal ? [] : writes)
    }.inDeadlineRush

    private static let noVersionCheck = commits(
        "no-version-check", "A write does not expect the version that was read.",
        invariant: "18", within: 40
    ) { writes, store throws(StoreError) in
        try await store.commit(writes.map { $0.expectingAnything })
    }.inRush

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
        return plant.inRush
    }

    private static let outboxOutsideCommit = commits(
        "outbox-outside-commit", "The outbox rows are written after the commit, not in it.",
        invariant: "16", within: 60
    ) { writes, store throws(StoreError) in
        let rows = writes.only(EffectsCollection.outbox)
        let isAnnouncement = rows.count < writes.count
        try await store.commit(isAnnouncement ? writes.without(EffectsCollection.outbox) : writes)
        if isAnnouncement, !rows.isEmpty { try await store.commit(rows) }
    }.inRush

    private static let deliveredAtFirstTry = commits(
        "delivered-at-first-try", "A row of the outbox is forgotten after one attempt.",
        invariant: "16", within: 10
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.map { write in
                guard write.key.collection == EffectsCollection.outbox,
                    case .version = write.expecting
                else { return write }
                return DocumentWrite(write.key, expecting: write.expecting, .delete)
            })
    }

    private static let halfCommit = commits(
        "half-commit", "A commit is made in two halves.", invariant: "2", within: 30
    ) { writes, store throws(StoreError) in
        let half = writes.count / 2
        if half > 0 { try await store.commit(Array(writes.prefix(half))) }
        try await store.commit(Array(writes.dropFirst(half)))
    }.inRush

    private static var unsyncedBlob: Plant {
        var plant = Plant(
            "unsynced-blob", "A file gets its name before its content is on the disk.",
            invariant: "1", within: 20)
        plant.blobs = { UnsyncedBlobStore(store: $0) }
        return plant.inRush
    }
}
