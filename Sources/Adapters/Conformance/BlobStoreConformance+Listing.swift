import Ports

extension BlobStoreConformance {
    static let listing: [Check<Subject>] = [
        Check("published files are listed in rising order of id, whatever their length") {
            subject in
            for name in rising.reversed() { try await subject.publish(name) }
            try expect("the list", try await subject.names(), is: rising)
        },
        Check("pages of every length join to the whole list") { subject in
            for name in rising { try await subject.publish(name) }
            for limit in 1...(rising.count + 1) {
                var joined: [String] = []
                while joined.count < rising.count {
                    let page = try await subject.names(after: joined.last, limit: limit)
                    try expect("that a page has files", !page.isEmpty && page.count <= limit)
                    joined += page
                }
                try expect("pages of \(limit)", joined, is: rising)
                let end = try await subject.names(after: joined.last, limit: limit)
                try expect("what is behind the last", end, is: [])
            }
        },
        Check("a list begins behind an id that is not there") { subject in
            for name in ["b1", "b3", "d"] { try await subject.publish(name) }
            for (place, expected) in [
                ("a", ["b1", "b3", "d"]), ("b2", ["b3", "d"]), ("b3x", ["d"]), ("c", ["d"]),
                ("e", []),
            ] {
                try expect("after \(place)", try await subject.names(after: place), is: expected)
            }
        },
        Check("a list of no files is empty") { subject in
            try await subject.publish("file")
            try expect("the list", try await subject.names(limit: 0), is: [])
        },
        Check("a file says when it was published, by the store's clock") { subject in
            let before = subject.platform.clock.now
            try await subject.publish("file")
            let after = subject.platform.clock.now
            let moments = try await subject.store.published(after: nil, limit: 1)
                .map(\.publishedAt)
            try expect("the number of files", moments.count, is: 1)
            let isBetween = moments.allSatisfy { before <= $0 && $0 <= after }
            try expect("that \(moments) is in \(before)...\(after)", isBetween)
        },
    ]

    static let durability: [Check<Subject>] = [
        Check("published files and removals survive a restart, with the moments") { subject in
            for name in ["a", "b", "c"] { try await subject.publish(name, Array(name.utf8)) }
            try await subject.store.remove(id("b"))
            let listed = try await subject.store.published(after: nil, limit: 10)
            let again = try await subject.reopened()
            let found = try await again.store.published(after: nil, limit: 10)
            try expect("the list", found, is: listed)
            try expect("c", try await again.read("c"), is: Array("c".utf8))
            try expect("b", try await again.read("b"), is: nil)
        },
        Check("a file that was not published does not survive a restart") { subject in
            let upload = try await subject.store.begin()
            try await upload.append([1])
            try await upload.sync()
            let again = try await subject.reopened()
            try expect("the list", try await again.names(), is: [])
            await upload.abandon()
            try await again.publish("file", [2])
            try expect("the bytes", try await again.read("file"), is: [2])
        },
    ]

    /// Ids in their order: of one, two and more characters, and the names of folders.
    private static let rising = [
        "-", "--", "-a", "0", "00", "000", "0000", "00a", "01", "0a", "9", "A", "AA", "AAA", "_",
        "a", "a-", "aA", "aa", "aaa", "in", "incoming", "z", "zz",
    ]
}
