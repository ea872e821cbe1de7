import Ports

extension DocumentStoreConformance {
    static let durability: [Check<Subject>] = [
        Check("documents, versions and indexes survive a restart") { subject in
            let entries = [IndexEntry(index: "i", key: ["k"]), IndexEntry(index: "j", key: [])]
            try await subject.put("a", "1", keys: entries)
            try await subject.put("a", "2", keys: entries)
            try await subject.put("b", "1", keys: entries)
            let again = try await subject.reopened()
            let expected = StoredDocument(id: "a", version: 2, body: Array("2".utf8))
            try expect("a", try await again.document("a"), is: expected)
            try expect("i", try await again.ids("i"), is: ["a", "b"])
            try expect("j", try await again.ids("j"), is: ["a", "b"])
        },
        Check("deletions survive a restart") { subject in
            try await subject.put("a", keys: [IndexEntry(index: "i", key: ["k"])])
            try await subject.delete("a")
            let again = try await subject.reopened()
            try expect("a", try await again.document("a"), is: nil)
            try expect("i", try await again.ids("i"), is: [])
        },
        Check("versions go on after a restart") { subject in
            try await subject.put("a", expecting: .absent)
            let again = try await subject.reopened()
            try await again.put("a", expecting: .version(1))
            try await expectError("an old version", .conflict(.thing("a"))) {
                () async throws(StoreError) in
                try await again.put("a", expecting: .version(1))
            }
            let once = try await again.reopened()
            try expect("the version", try await once.document("a")?.version, is: 2)
        },
        Check("a cursor from before a restart still holds its place") { subject in
            for id in ["a", "b", "c"] {
                try await subject.put(id, keys: [IndexEntry(index: "i", key: ["in"])])
            }
            let first = try await subject.store.page(query(false, limit: 2))
            let again = try await subject.reopened()
            let rest = try await again.store.page(query(false, after: first.next, limit: 2))
            try expect("the rest", rest.documents.map(\.id), is: ["c"])
        },
    ]
}
