import Ports

extension DocumentStoreConformance {
    static let atomicity: [Check<Subject>] = [
        Check("a commit of no writes succeeds") { subject in
            try await subject.store.commit([])
        },
        Check("a commit writes all its documents, in whatever collections") { subject in
            let collections = ["x", "y", "z"]
            try await subject.store.commit(
                (0..<60).map { .put("\($0)", expecting: .absent, in: collections[$0 % 3]) })
            for number in 0..<60 {
                let found = try await subject.document("\(number)", in: collections[number % 3])
                try expect("the version of \(number)", found?.version, is: 1)
            }
        },
        Check("a commit may write one document, delete another and verify a third") { subject in
            for id in ["a", "b", "c"] { try await subject.put(id) }
            try await subject.store.commit([
                .put("a", expecting: .version(1)), .delete("b", expecting: .version(1)),
                .verify("c", expecting: .version(1)),
            ])
            try expect("a", try await subject.document("a")?.version, is: 2)
            try expect("b", try await subject.document("b"), is: nil)
            try expect("c", try await subject.document("c")?.version, is: 1)
        },
        Check("a conflict of the last write leaves nothing of the others behind") { subject in
            try await subject.put("old", "1", keys: [IndexEntry(index: "i", key: ["old"])])
            try await subject.put("last")
            let entry = IndexEntry(index: "i", key: ["new"])
            try await expectError("the commit", .conflict(.thing("last"))) {
                () async throws(StoreError) in
                try await subject.store.commit([
                    .put("new", keys: [entry]), .put("old", "2", keys: [entry]),
                    .put("last", expecting: .absent),
                ])
            }
            let old = StoredDocument(id: "old", version: 1, body: Array("1".utf8))
            try expect("new", try await subject.document("new"), is: nil)
            try expect("old", try await subject.document("old"), is: old)
            try expect("the index under new", try await subject.ids("i", ["new"]), is: [])
            try expect("the index under old", try await subject.ids("i", ["old"]), is: ["old"])
        },
        Check("a failed verification keeps the other writes from happening") { subject in
            try await subject.put("a")
            try await expectError("the commit", .conflict(.thing("c"))) {
                () async throws(StoreError) in
                try await subject.store.commit([
                    .delete("a"), .put("b"), .verify("c", expecting: .version(1)),
                ])
            }
            try expect("a", try await subject.document("a")?.version, is: 1)
            try expect("b", try await subject.document("b"), is: nil)
        },
        Check("of several conflicts the first in the commit's order is named") { subject in
            for expected in [["b", "a"], ["a", "b"]] {
                try await expectError("the commit", .conflict(.thing(expected[0]))) {
                    () async throws(StoreError) in
                    try await subject.store.commit(
                        expected.map { .put($0, expecting: .version(7)) })
                }
            }
        },
        Check("a commit that writes a document twice is refused whole") { subject in
            try await expectLimit("the commit") { () async throws(StoreError) in
                try await subject.store.commit([.put("b"), .put("a"), .put("a")])
            }
            try expect("a", try await subject.document("a"), is: nil)
            try expect("b", try await subject.document("b"), is: nil)
        },
    ]
}
