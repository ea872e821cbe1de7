import Ports

extension DocumentStoreConformance {
    static let limits: [Check<Subject>] = [
        Check("a commit and a read take as many documents as they may and no more") { subject in
            let count = StoreLimits.batchCountMaximum
            let ids = (0...count).map { "\($0)" }
            try await expectLimit("a commit of one more") { () async throws(StoreError) in
                try await subject.store.commit(ids.map { .put($0) })
            }
            try expect("the first", try await subject.document("0"), is: nil)
            try await subject.store.commit(ids.prefix(count).map { .put($0) })
            let found = try await subject.store.documents(
                Array(ids.prefix(count)), in: Subject.collection)
            try expect("documents found", found.count, is: count)
            try await expectLimit("a read of one more") { () async throws(StoreError) in
                _ = try await subject.store.documents(ids, in: Subject.collection)
            }
        },
        Check("a page has 1 row to as many as it may") { subject in
            let maximum = StoreLimits.pageCountMaximum
            let entry = IndexEntry(index: "i", key: ["in"])
            try await subject.store.commit(
                (0...maximum).map { .put("\($0)", keys: [entry]) })
            for limit in [Int.min, -1, 0, maximum + 1, Int.max] {
                try await expectLimit("a page of \(limit)") { () async throws(StoreError) in
                    _ = try await subject.store.page(query(false, limit: limit))
                }
            }
            for limit in [1, maximum] {
                let page = try await subject.store.page(query(false, limit: limit))
                try expect("the number of rows", page.documents.count, is: limit)
                try expect("that a next page begins", page.next != nil)
            }
        },
        Check("a body has as many bytes as it may and no more") { subject in
            let count = StoreLimits.documentByteCountMaximum
            for (extra, isAllowed) in [(-1, true), (0, true), (1, false)] {
                let body = [UInt8](repeating: 7, count: count + extra)
                try await check(subject, .put(body: body, keys: []), isAllowed: isAllowed)
            }
        },
        Check("a key has as many bytes as it may and no more, in a question too") { subject in
            let overhead = IndexKey([""]).bytes.count
            let count = StoreLimits.keyByteCountMaximum - overhead
            for (extra, isAllowed) in [(-1, true), (0, true), (1, false)] {
                let key: IndexKey = [.text(String(repeating: "k", count: count + extra))]
                let entry = IndexEntry(index: "i", key: key)
                try await check(subject, .put(body: [], keys: [entry]), isAllowed: isAllowed)
                if isAllowed {
                    try expect("ids", try await subject.ids("i", key).count, is: 1)
                } else {
                    try await expectLimit("a question") { () async throws(StoreError) in
                        _ = try await subject.store.page(
                            IndexQuery("i", in: Subject.collection, prefix: key, limit: 1))
                    }
                }
            }
        },
        Check("a document has as many keys as it may and no more") { subject in
            let count = StoreLimits.keyCountMaximum
            for (extra, isAllowed) in [(-1, true), (0, true), (1, false)] {
                let keys = (0..<(count + extra)).map { number in
                    IndexEntry(index: "i\(number % 3)", key: [.integer(Int64(number))])
                }
                try await check(subject, .put(body: [], keys: keys), isAllowed: isAllowed)
            }
        },
        Check("a NUL in a name is refused, not cut off") { subject in
            try await subject.put("a", "1")
            try await expectLimit("writing") { () async throws(StoreError) in
                try await subject.put("a\0b", "2")
            }
            try await expectLimit("reading") { () async throws(StoreError) in
                _ = try await subject.document("a\0b")
            }
            try await expectLimit("indexing") { () async throws(StoreError) in
                try await subject.put("b", keys: [IndexEntry(index: "i\0j", key: [])])
            }
        },
    ]

    private static func check(
        _ subject: Subject, _ change: DocumentWrite.Change, isAllowed: Bool
    ) async throws {
        let write = DocumentWrite(.thing("a"), expecting: .anything, change)
        let version = try await subject.document("a")?.version ?? 0
        if isAllowed {
            try await subject.store.commit([write])
        } else {
            try await expectLimit("a write above the bound") { () async throws(StoreError) in
                try await subject.store.commit([.put("beside"), write])
            }
            try expect("beside", try await subject.document("beside"), is: nil)
        }
        let found = try await subject.document("a")?.version
        try expect("the version", found, is: isAllowed ? version + 1 : version)
    }
}
