import BSON
import ClusterSimulator
import Ports

extension Plant {
    /// Bugs in deadlines and in what gives more time.
    static let inDeadlines = [extensionForgotten, deadlineUnindexed, extensionUnseen]

    private static let extensionForgotten = commits(
        "extension-forgotten", "Who gives more time is told so, and the old deadline stays.",
        of: "conference", invariant: "9", within: 10
    ) { writes, store throws(StoreError) in
        var changed: [DocumentWrite] = []
        for write in writes { changed.append(try await keepingDeadline(write, in: store)) }
        try await store.commit(changed)
    }.inDeadlineRush

    private static let deadlineUnindexed = commits(
        "deadline-unindexed", "The keeper of the deadlines does not find them.",
        of: "conference", invariant: "8", within: 10
    ) { writes, store throws(StoreError) in
        try await store.commit(
            writes.map { write in
                guard case .put(let body, let keys) = write.change else { return write }
                let rest = keys.filter { $0.index != deadlineIndex }
                return DocumentWrite(
                    write.key, expecting: write.expecting, .put(body: body, keys: rest))
            })
    }.inDeadlineRush

    private static var extensionUnseen: Plant {
        var plant = Plant(
            "extension-unseen", "The other replica goes on showing the old deadline for a while.",
            invariant: "9", within: 10)
        plant.store = { store, node in
            node.name.hasPrefix("conference-")
                ? StaleStore(store, node, "conferences", for: .seconds(5)) : store
        }
        return plant.inDeadlineRush
    }

    private static let deadlineIndex = "deadline"
    private static let deadlineField = "stopSubmittingTime"

    /// The same change, but a conference that had a deadline keeps it.
    private static func keepingDeadline(
        _ write: DocumentWrite, in store: any DocumentStore
    ) async throws(StoreError) -> DocumentWrite {
        guard write.key.collection == "conferences", case .put(let body, let keys) = write.change,
            let old = try await store.documents([write.key.id], in: "conferences")[write.key.id]
        else { return write }
        let kept = withDeadline(body, of: old.body, keys)
        return DocumentWrite(
            write.key, expecting: write.expecting, .put(body: kept.body, keys: kept.keys))
    }

    private static func withDeadline(
        _ body: [UInt8], of old: [UInt8], _ keys: [IndexEntry]
    ) -> (body: [UInt8], keys: [IndexEntry]) {
        do {
            var elements = try BSONDocument(bytes: body).elements
            guard !elements.contains(where: { $0.key == deadlineField }),
                let deadline = try BSONDocument(bytes: old).elements.first(where: {
                    $0.key == deadlineField
                }), case .string(let moment) = deadline.value
            else { return (body, keys) }
            elements.append(deadline)
            let entry = IndexEntry(index: deadlineIndex, key: [.text(moment)])
            return (try BSONDocument(elements: elements).bytes, keys + [entry])
        } catch {
            preconditionFailure("a conference is stored as BSON: \(error)")
        }
    }
}
