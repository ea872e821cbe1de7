import ClusterSimulator
import Effects
import PeerReview
import Ports

extension Plant {
    /// Bugs in what single services decide.
    static let inServices = [
        fenceLost, conflictUnstored, assignmentUnverified, olderDraftWins,
        decisionsUnchecked, inboxTakesTwice, inboxNumbersTwice, membersLost, releaseUnnoted,
        numbersTwice, staleWindows, roleKept,
    ]

    private static let fenceLost = commits(
        "fence-lost", "A conflict is acknowledged and the assignment stays.", of: "review",
        invariant: "7", within: 20
    ) { writes, store throws(StoreError) in
        // What the DraftService orders of this service is a fence.
        let isFence = writes.only(EffectsCollection.idempotency)
            .contains { $0.key.id.hasPrefix("service:DraftService/") }
        try await store.commit(
            isFence ? writes.only(EffectsCollection.idempotency) : writes)
    }

    private static let conflictUnstored = commits(
        "conflict-unstored", "A conflict fences the reviews and is not kept.", of: "draft",
        invariant: "6", within: 10
    ) { writes, store throws(StoreError) in
        try await store.commit(writes.without("conflicts").without("conflictLists"))
    }

    private static let assignmentUnverified = commits(
        "assignment-unverified", "A review does not depend on its assignment.", of: "review",
        invariant: "7", within: 60
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.filter { if case .verify = $0.change { false } else { true } }
                .map { $0.key.collection == "dossiers" ? $0.expectingAnything : $0 })
    }

    private static let olderDraftWins = commits(
        "older-draft-wins", "A review is written over whatever is there.", of: "review",
        invariant: "11", within: 20
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.map {
                ["reviews", "reviewTexts"].contains($0.key.collection) ? $0.expectingAnything : $0
            })
    }

    private static let decisionsUnchecked = commits(
        "decisions-unchecked", "Of two decisions at once, both are acknowledged.", of: "review",
        invariant: "18", within: 20
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.map { $0.key.collection == "decisions" ? $0.expectingAnything : $0 })
    }

    private static let inboxTakesTwice = commits(
        "inbox-takes-twice", "An event that comes twice is two notifications.",
        of: "notification", invariant: "16", within: 10
    ) { writes, store throws(StoreError) in
        try await store.commit(writes.without(EffectsCollection.idempotency))
    }

    private static let inboxNumbersTwice = commits(
        "inbox-numbers-twice", "Two notifications at once get one number.", of: "notification",
        invariant: "16", within: 20
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.map { $0.key.collection == "inboxes" ? $0.expectingAnything : $0 })
    }

    private static let membersLost = commits(
        "members-lost", "Who accepts an invitation is not told to the conference.",
        of: "invitation", invariant: "19", within: 5
    ) { writes, store throws(StoreError) in
        // Both rows of an answer are its last writes but one: the member and the news.
        let rows = writes.only(EffectsCollection.outbox)
        let isAnswer = rows.count == 2
        try await store.commit(
            isAnswer ? writes.filter { $0.key != rows[0].key } : writes)
    }

    private static let releaseUnnoted = commits(
        "release-unnoted", "A release is not told to the conference.", of: "review",
        invariant: "19", within: 5
    ) { writes, store throws(StoreError) in
        let rows = writes.only(EffectsCollection.outbox)
        let isRelease = writes.contains {
            guard case .put = $0.change else { return false }
            return $0.key.collection == "releases"
        }
        try await store.commit(
            isRelease && rows.count == 2 ? writes.filter { $0.key != rows[0].key } : writes)
    }

    private static let numbersTwice = commits(
        "numbers-twice", "Two submissions at once get one number.", of: "draft",
        invariant: "3", within: 20
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.map { $0.key.collection == "numbers" ? $0.expectingAnything : $0 })
    }.inRush

    private static var staleWindows: Plant {
        var plant = Plant(
            "stale-windows", "The conference's state is believed for a while without asking.",
            invariant: "8", within: 20)
        plant.store = { store, node in
            node.name.hasPrefix("conference-")
                ? StaleStore(store, node, "conferences", for: .seconds(3)) : store
        }
        return plant.inRush
    }

    private static var roleKept: Plant {
        var plant = Plant(
            "role-kept", "Who gave an assignment back is believed to have it for a minute more.",
            invariant: "14", within: 40)
        plant.store = { store, node in
            node.name.hasPrefix("review-")
                ? StaleStore(store, node, "dossiers", for: .seconds(60)) : store
        }
        return plant
    }
}
