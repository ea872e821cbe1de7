import Ports

extension DocumentStoreConformance {
    static let keyOrder: [Check<Subject>] = [
        Check("keys stand in the order of their parts, the same in both directions") { subject in
            try await subject.store.commit(
                shuffled.map { rank in
                    .put(name(rank), keys: [IndexEntry(index: "i", key: risingKeys[rank])])
                })
            let expected = risingKeys.indices.map(name)
            try expect("rising ids", try await subject.ids("i"), is: expected)
            let falling = try await subject.ids("i", descending: true)
            try expect("falling ids", falling, is: expected.reversed())
        },
        Check("each key is found by itself and by each of its prefixes") { subject in
            try await subject.store.commit(
                risingKeys.indices.map { rank in
                    .put(name(rank), keys: [IndexEntry(index: "i", key: risingKeys[rank])])
                })
            for key in risingKeys {
                let expected = risingKeys.indices.filter { rank in
                    let parts = risingKeys[rank].parts
                    return IndexKey(Array(parts.prefix(key.parts.count))).bytes == key.bytes
                }
                let found = try await subject.ids("i", key)
                try expect("ids under \(key.parts)", found, is: expected.map(name))
            }
        },
        Check("equal keys stand in the order of their ids' bytes") { subject in
            let ids = ["", "A", "Z", "a", "a!", "aa", "b", "e\u{301}", "z", "é", "א", "😀"]
            let entry = IndexEntry(index: "i", key: ["same"])
            try await subject.store.commit(ids.reversed().map { .put($0, keys: [entry]) })
            let rising = try await subject.ids("i").map { Array($0.utf8) }
            try expect("rising ids", rising, is: ids.map { Array($0.utf8) })
            let falling = try await subject.ids("i", descending: true).map { Array($0.utf8) }
            try expect("falling ids", falling, is: ids.reversed().map { Array($0.utf8) })
        },
    ]

    /// Keys in the order that every store gives them.
    private static let risingKeys: [IndexKey] =
        [[], [.null], [.null, .null], [.bool(false)], [.bool(true)], [.bool(true), "a"]]
        + [Int64.min, .min + 1, -65_536, -257, -256, -255, -2, -1, 0, 1, 2, 255, 256, 257, 65_536]
        .map { [.integer($0)] }
        + [[.integer(65_536), .null], [.integer(65_536), "x"], [.integer(.max)]]
        + ["", "\0", "\0\0", "\0a", "\u{1}", " ", "A", "Z", "a", "a\0", "a\0\0", "a\0b"]
        .map { [.text($0)] }
        + [
            ["aa"], ["ab"], ["ab", .null], ["ab", .integer(-1)], ["ab", .integer(1)], ["ab", "c"],
        ]
        + ["abc", "b", "e\u{301}", "z", "zz", "\u{7F}", "é", "שלום", "\u{202E}x", "日本"]
        .map { [.text($0)] }
        + ["\u{FB01}", "\u{FFFD}", "😀", "😀😀", "\u{10FFFF}"].map { [.text($0)] }

    /// Every rank once, far from the rising order: 37 has no divisor in common with the count.
    private static var shuffled: [Int] {
        let count = risingKeys.count
        precondition(count % 37 != 0, "a step of 37 reaches every rank")
        return (0..<count).map { $0 * 37 % count }
    }

    private static func name(_ rank: Int) -> String { "key \(rank)" }
}
