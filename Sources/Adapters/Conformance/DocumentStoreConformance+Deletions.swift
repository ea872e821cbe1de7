import Ports

extension DocumentStoreConformance {
    static let deletions: [Check<Subject>] = [
        Check("a deleted document is gone and starts at version 1 when it is written again") {
            subject in
            for text in ["1", "2", "3"] { try await subject.put("a", text) }
            try await subject.delete("a", expecting: .version(3))
            try expect("the document", try await subject.document("a"), is: nil)
            try await subject.put("a", "again", expecting: .absent)
            try expect("the version", try await subject.document("a")?.version, is: 1)
        },
        Check("deleting a document that does not exist succeeds unless a version is expected") {
            subject in
            try await subject.delete("a")
            try await subject.delete("a", expecting: .absent)
            try await expectError("deleting a", .conflict(.thing("a"))) {
                () async throws(StoreError) in
                try await subject.delete("a", expecting: .version(1))
            }
        },
        Check("a deletion that expects another version is a conflict") { subject in
            try await subject.put("a")
            for expectation in [DocumentWrite.Expectation.absent, .version(2)] {
                try await expectError("deleting a", .conflict(.thing("a"))) {
                    () async throws(StoreError) in
                    try await subject.delete("a", expecting: expectation)
                }
            }
            try expect("the version", try await subject.document("a")?.version, is: 1)
        },
        Check("verifying changes nothing when it succeeds and is a conflict when it fails") {
            subject in
            try await subject.put("a", keys: [IndexEntry(index: "i", key: ["k"])])
            let met: [DocumentWrite] = [
                .verify("a", expecting: .version(1)), .verify("b", expecting: .absent),
                .verify("c", expecting: .anything),
            ]
            try await subject.store.commit(met)
            try expect("the version", try await subject.document("a")?.version, is: 1)
            try expect("the index", try await subject.ids("i"), is: ["a"])
            try await expectError("verifying a", .conflict(.thing("a"))) {
                () async throws(StoreError) in
                try await subject.store.commit([.verify("a", expecting: .absent)])
            }
            try await expectError("verifying b", .conflict(.thing("b"))) {
                () async throws(StoreError) in
                try await subject.store.commit([.verify("b", expecting: .version(1))])
            }
        },
    ]
}
