import Ports

extension DocumentStoreConformance {
    static let pages: [Check<Subject>] = [
        Check("pages of every length join to the same list in both directions") { subject in
            try await fill(subject)
            for descending in [false, true] {
                let whole = try await subject.ids("i", ["in"], descending: descending)
                try expect("the number of rows", whole.count, is: 12)
                for limit in 1...13 {
                    let joined = try await join(subject, descending: descending, limit: limit)
                    try expect("pages of \(limit)", joined, is: whole)
                }
            }
        },
        Check("a last page that is full says that it is the last") { subject in
            try await fill(subject)
            for descending in [false, true] {
                let page = try await subject.store.page(query(descending, limit: 12))
                try expect("the number of rows", page.documents.count, is: 12)
                try expect("where the next page begins", page.next, is: nil)
                let shorter = try await subject.store.page(query(descending, limit: 11))
                try expect("that a next page begins", shorter.next != nil)
            }
        },
        Check("a page after a place of one's own begins behind it") { subject in
            try await fill(subject)
            let place = PageCursor(
                keyBytes: IndexKey(["in", .integer(1)]).bytes, id: "between")
            for descending in [false, true] {
                let whole = try await subject.store.page(query(descending, limit: 500))
                let page = try await subject.store.page(
                    query(descending, after: place, limit: 500))
                try expect("the rest", page.documents, is: Array(whole.documents.suffix(6)))
            }
        },
        Check("a place outside the prefix is before all or behind all of it") { subject in
            try await fill(subject)
            let below = PageCursor(keyBytes: IndexKey(["a"]).bytes, id: "z")
            let above = PageCursor(keyBytes: IndexKey(["z"]).bytes, id: "a")
            for (place, descending, count) in [
                (below, false, 12), (above, false, 0), (below, true, 0), (above, true, 12),
            ] {
                let page = try await subject.store.page(
                    query(descending, after: place, limit: 500))
                try expect("the number of rows", page.documents.count, is: count)
                try expect("where the next page begins", page.next, is: nil)
            }
        },
    ]

    static func query(
        _ descending: Bool, after: PageCursor? = nil, limit: Int
    ) -> IndexQuery {
        IndexQuery(
            "i", in: Subject.collection, prefix: ["in"], descending: descending, after: after,
            limit: limit)
    }

    /// Twelve rows under `in`, of three keys with four documents each, between two outside.
    private static func fill(_ subject: Subject) async throws {
        let ids = ["a", "b", "x", "y"]
        for number in 0..<3 {
            try await subject.store.commit(
                ids.map { id in
                    let key: IndexKey = ["in", .integer(Int64(number))]
                    return .put("\(id)\(number)", keys: [IndexEntry(index: "i", key: key)])
                })
        }
        try await subject.put("before", keys: [IndexEntry(index: "i", key: ["im"])])
        try await subject.put("behind", keys: [IndexEntry(index: "i", key: ["inn"])])
    }

    private static func join(
        _ subject: Subject, descending: Bool, limit: Int
    ) async throws -> [String] {
        var ids: [String] = []
        var after: PageCursor?
        repeat {
            let page = try await subject.store.page(
                query(descending, after: after, limit: limit))
            try expect("that a page has rows", !page.documents.isEmpty)
            ids += page.documents.map(\.id)
            after = page.next
        } while after != nil && ids.count <= 100
        return ids
    }
}
