import Ports

extension DocumentStoreConformance {
    static let concurrency: [Check<Subject>] = [
        Check("of commits at the same time that expect the same, exactly one happens") { subject in
            for round in 0..<5 {
                let id = "\(round)"
                let hasWon = try await subject.tasks.together(8) { number in
                    try await didWrite {
                        () async throws(StoreError) in
                        try await subject.put(id, "\(number)", expecting: .absent)
                    }
                }
                try expect("winners", hasWon.count { $0 }, is: 1)
                let body = try await subject.document(id)?.body
                let winner = hasWon.firstIndex(of: true).map { Array("\($0)".utf8) }
                try expect("what was written", body, is: winner)
            }
        },
        Check("a counter that eight tasks raise with retries has the exact sum") { subject in
            try await subject.put("sum", "0")
            _ = try await subject.tasks.together(8) { _ in
                for _ in 0..<10 { try await raise(subject) }
            }
            let found = try await subject.document("sum")
            try expect("the sum", found?.body, is: Array("80".utf8))
            try expect("the version", found?.version, is: 81)
        },
        Check("commits at the same time of different documents all happen") { subject in
            let entry = IndexEntry(index: "i", key: ["k"])
            _ = try await subject.tasks.together(50) { number in
                try await subject.put("\(number)", expecting: .absent, keys: [entry])
                let version = try await subject.document("\(number)")?.version
                try expect("the version after the commit", version, is: 1)
            }
            try expect("rows", try await subject.ids("i").count, is: 50)
        },
        Check("a conflict fails no commit beside it") { subject in
            try await subject.put("taken")
            let hasWon = try await subject.tasks.together(20) { number in
                try await didWrite {
                    () async throws(StoreError) in
                    try await subject.store.commit([
                        .put("\(number)"),
                        .put(number % 2 == 0 ? "taken" : "free \(number)", expecting: .absent),
                    ])
                }
            }
            try expect("who wrote", hasWon, is: (0..<20).map { $0 % 2 == 1 })
            for number in 0..<20 {
                let version = try await subject.document("\(number)")?.version
                try expect("\(number)", version, is: number % 2 == 1 ? 1 : nil)
            }
        },
    ]

    /// Whether the commit happened; a conflict says that it did not.
    private static func didWrite(
        _ body: () async throws(StoreError) -> Void
    ) async throws(StoreError) -> Bool {
        do throws(StoreError) {
            try await body()
            return true
        } catch .conflict {
            return false
        }
    }

    private static func raise(_ subject: Subject) async throws {
        for _ in 0..<10_000 {
            guard let found = try await subject.document("sum"),
                let sum = Int(String(decoding: found.body, as: UTF8.self))
            else { throw ConformanceFailure("the counter", expected: "a number", found: "none") }
            let isRaised = try await didWrite { () async throws(StoreError) in
                try await subject.put("sum", "\(sum + 1)", expecting: .version(found.version))
            }
            if isRaised { return }
        }
        throw ConformanceFailure("a retry", expected: "a success", found: "10000 conflicts")
    }
}
