import Ports

extension DocumentStoreConformance {
    static let versions: [Check<Subject>] = [
        Check("a document that was never written is missing from the answer") { subject in
            try await subject.put("a")
            let found = try await subject.store.documents(["a", "b"], in: Subject.collection)
            try expect("ids found", found.keys.sorted(), is: ["a"])
            let none = try await subject.store.documents([], in: Subject.collection)
            try expect("documents found for no ids", none.count, is: 0)
        },
        Check("an id that is asked for twice is answered once") { subject in
            try await subject.put("a")
            let found = try await subject.store.documents(["a", "a"], in: Subject.collection)
            try expect("ids found", Array(found.keys), is: ["a"])
        },
        Check("a first write has version 1 and each further write one more") { subject in
            for version: Int64 in 1...5 {
                try await subject.put("a", "\(version)")
                let expected = StoredDocument(
                    id: "a", version: version, body: Array("\(version)".utf8))
                try expect("the document", try await subject.document("a"), is: expected)
            }
        },
        Check("a body is read byte by byte as it was written, an empty one too") { subject in
            for body in [[], [0], Array(0...255), [0xFF, 0xFE, 0x00, 0x80]] as [[UInt8]] {
                try await subject.store.commit([
                    DocumentWrite(
                        .thing("a"), expecting: .anything, .put(body: body, keys: []))
                ])
                try expect("the body", try await subject.document("a")?.body, is: body)
            }
        },
        Check("a write that expects the present version happens") { subject in
            try await subject.put("a", "1", expecting: .absent)
            try await subject.put("a", "2", expecting: .version(1))
            try await subject.put("a", "3", expecting: .version(2))
            try expect("the version", try await subject.document("a")?.version, is: 3)
        },
        Check("a write that expects another version is a conflict and writes nothing") {
            subject in
            try await subject.put("a", "1")
            try await subject.put("a", "2")
            for expectation in unmet {
                try await expectError("writing a", .conflict(.thing("a"))) {
                    () async throws(StoreError) in
                    try await subject.put("a", "new", expecting: expectation)
                }
            }
            let expected = StoredDocument(id: "a", version: 2, body: Array("2".utf8))
            try expect("the document", try await subject.document("a"), is: expected)
        },
        Check("a write that expects a version of an absent document is a conflict") { subject in
            for version: Int64 in [-1, 0, 1, 2] {
                try await expectError("writing a", .conflict(.thing("a"))) {
                    () async throws(StoreError) in
                    try await subject.put("a", expecting: .version(version))
                }
            }
            try expect("the document", try await subject.document("a"), is: nil)
        },
        Check("documents of one id in two collections are two documents") { subject in
            try await subject.put("a", "1", in: "left")
            try await subject.put("a", "2", in: "right")
            try await subject.put("a", "3", in: "right")
            let left = try await subject.document("a", in: "left")
            let right = try await subject.document("a", in: "right")
            try expect("the left version", left?.version, is: 1)
            try expect("the right version", right?.version, is: 2)
        },
        Check("ids are told apart byte by byte") { subject in
            let ids = ["a", "A", "a ", "", "é", "e\u{301}", "ﬁ", "fi", "😀", "\u{200F}a"]
            for id in ids { try await subject.put(id, id, expecting: .absent) }
            for id in ids {
                let body = try await subject.document(id)?.body
                try expect("the body of \(id.debugDescription)", body, is: Array(id.utf8))
            }
        },
    ]

    /// What a document of version 2 does not meet.
    private static let unmet: [DocumentWrite.Expectation] = [
        .absent, .version(1), .version(3), .version(0), .version(-1),
    ]
}
