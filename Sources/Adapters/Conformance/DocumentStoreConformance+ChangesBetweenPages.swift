import Ports

extension DocumentStoreConformance {
    static let changesBetweenPages: [Check<Subject>] = [
        Check("what is inserted behind the cursor is found and what is before it is not") {
            subject in
            for descending in [false, true] {
                let names = descending ? ["f", "e", "d", "c"] : ["c", "d", "e", "f"]
                for name in ["c", "d", "e", "f"] { try await put(subject, name) }
                let first = try await subject.store.page(query(descending, limit: 2))
                try expect("the first page", first.documents.map(\.id), is: Array(names[0..<2]))
                for name in ["a", "d1", "z"] { try await put(subject, name) }
                let rest = try await subject.store.page(
                    query(descending, after: first.next, limit: 500))
                let expected = descending ? ["d1", "d", "c", "a"] : ["d1", "e", "f", "z"]
                try expect("the rest", rest.documents.map(\.id), is: expected)
                for name in ["a", "d1", "z"] { try await subject.delete(name) }
            }
        },
        Check("a cursor holds its place when its document is deleted") { subject in
            for descending in [false, true] {
                for name in ["a", "b", "c", "d"] { try await put(subject, name) }
                let first = try await subject.store.page(query(descending, limit: 2))
                try await subject.delete("b")
                try await subject.delete("c")
                let rest = try await subject.store.page(
                    query(descending, after: first.next, limit: 500))
                try expect("the rest", rest.documents.map(\.id), is: [descending ? "a" : "d"])
            }
        },
        Check("a document that moves over the cursor is found again") { subject in
            for name in ["a", "b", "c"] { try await put(subject, name) }
            let first = try await subject.store.page(query(false, limit: 2))
            try await subject.put("a", keys: [IndexEntry(index: "i", key: ["in", "z"])])
            let rest = try await subject.store.page(
                query(false, after: first.next, limit: 500))
            try expect("the rest", rest.documents.map(\.id), is: ["c", "a"])
        },
    ]

    private static func put(_ subject: Subject, _ name: String) async throws {
        try await subject.put(
            name, keys: [IndexEntry(index: "i", key: ["in", .text(name)])])
    }
}
