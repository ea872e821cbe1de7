import Ports

extension DocumentStoreConformance {
    static let indexes: [Check<Subject>] = [
        Check("an index that nothing stands in is empty") { subject in
            try expect("ids", try await subject.ids("nowhere"), is: [])
        },
        Check("indexes and collections of other names are not mixed") { subject in
            let keys = ["i", "j", "ij"].map { IndexEntry(index: $0, key: [.text($0)]) }
            for (number, entry) in keys.enumerated() {
                try await subject.put("\(number)", in: "left", keys: [entry])
                try await subject.put("right \(number)", in: "right", keys: [entry])
            }
            try expect("left i", try await subject.ids("i", in: "left"), is: ["0"])
            try expect("left ij", try await subject.ids("ij", in: "left"), is: ["2"])
            try expect("right j", try await subject.ids("j", in: "right"), is: ["right 1"])
        },
        Check("a document stands in an index once for each of its keys") { subject in
            let keys: [IndexKey] = [["a", .integer(2)], ["a", .integer(1)], ["b"]]
            try await subject.put("x", keys: keys.map { IndexEntry(index: "i", key: $0) })
            try await subject.put("y", keys: [IndexEntry(index: "i", key: ["a", .integer(2)])])
            try expect("under a", try await subject.ids("i", ["a"]), is: ["x", "x", "y"])
            try expect("under all", try await subject.ids("i"), is: ["x", "x", "y", "x"])
        },
        Check("a key that is given twice counts once") { subject in
            let entry = IndexEntry(index: "i", key: ["a"])
            try await subject.put("x", keys: [entry, entry])
            try expect("ids", try await subject.ids("i"), is: ["x"])
            try await subject.put("x", keys: [entry, entry, entry])
            try expect("ids after a rewrite", try await subject.ids("i"), is: ["x"])
        },
        Check("keys that differ only in their Unicode form are two keys") { subject in
            let keys = ["é", "e\u{301}"].map { IndexEntry(index: "i", key: [.text($0)]) }
            try await subject.put("x", keys: keys)
            try expect("ids", try await subject.ids("i"), is: ["x", "x"])
            for entry in keys {
                try expect("one", try await subject.ids("i", entry.key), is: ["x"])
            }
        },
        Check("a document that is written again stands under its new keys only") { subject in
            let kept = IndexEntry(index: "i", key: ["kept"])
            try await subject.put("x", keys: [kept, IndexEntry(index: "i", key: ["old"])])
            try await subject.put("x", keys: [kept, IndexEntry(index: "j", key: ["new"])])
            try expect("under old", try await subject.ids("i", ["old"]), is: [])
            try expect("under kept", try await subject.ids("i", ["kept"]), is: ["x"])
            try expect("under new", try await subject.ids("j", ["new"]), is: ["x"])
        },
        Check("a deleted document stands in no index, also when it is written again") { subject in
            let entries = ["i", "j"].map { IndexEntry(index: $0, key: ["k"]) }
            try await subject.put("x", keys: entries)
            try await subject.put("y", keys: entries)
            try await subject.delete("x")
            try expect("i", try await subject.ids("i"), is: ["y"])
            try expect("j", try await subject.ids("j"), is: ["y"])
            try await subject.put("x")
            try expect("i after a rewrite", try await subject.ids("i"), is: ["y"])
        },
        Check("a page gives the bodies and versions of now") { subject in
            let entry = IndexEntry(index: "i", key: ["k"])
            try await subject.put("x", "1", keys: [entry])
            try await subject.put("x", "2", keys: [entry])
            let page = try await subject.store.page(
                IndexQuery("i", in: Subject.collection, prefix: ["k"], limit: 1))
            let expected = StoredDocument(id: "x", version: 2, body: Array("2".utf8))
            try expect("the page", page, is: DocumentPage(documents: [expected], next: nil))
        },
    ]
}
