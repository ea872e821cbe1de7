import Ports

extension BlobStoreConformance {
    static let reads: [Check<Subject>] = [
        Check("a file that was never published is nil at every offset") { subject in
            try expect("the bytes", try await subject.read("none"), is: nil)
            try expect("the bytes", try await subject.read("none", from: 10), is: nil)
            try expect("the bytes", try await subject.read("none", byteCount: 0), is: nil)
        },
        Check("a read begins at its offset, is shorter at the end and empty behind it") {
            subject in
            try await subject.publish("file", Array(0..<100))
            for (offset, byteCount, expected) in [
                (0, 10, 0..<10), (90, 10, 90..<100), (90, 11, 90..<100), (99, 5, 99..<100),
                (100, 5, 0..<0), (101, 5, 0..<0), (Int64.max, 5, 0..<0), (50, 0, 0..<0),
            ] as [(Int64, Int, Range<UInt8>)] {
                let found = try await subject.read("file", from: offset, byteCount: byteCount)
                try expect("\(byteCount) from \(offset)", found, is: Array(expected))
            }
        },
        Check("one read gives 256 KiB and no more") { subject in
            let bytes = (0..<(readByteCountMaximum + 10)).map { UInt8($0 % 251) }
            try await subject.publish("file", bytes)
            let first = try await subject.read("file", byteCount: .max)
            try expect("the length", first?.count, is: readByteCountMaximum)
            try expect("that it is as written", first == Array(bytes[..<readByteCountMaximum]))
            let rest = try await subject.read("file", from: Int64(readByteCountMaximum))
            try expect("the rest", rest, is: Array(bytes[readByteCountMaximum...]))
        },
        Check("a read from before the beginning or of a negative length is refused") { subject in
            try await subject.publish("file")
            try await expectLimit("a negative offset") { () async throws(StoreError) in
                _ = try await subject.read("file", from: -1)
            }
            try await expectLimit("a negative length") { () async throws(StoreError) in
                _ = try await subject.read("file", byteCount: -1)
            }
        },
        Check("a removed file is gone, and one that is not there is removed already") { subject in
            try await subject.publish("file")
            try await subject.publish("file2")
            try await subject.store.remove(id("file"))
            try await subject.store.remove(id("file"))
            try await subject.store.remove(id("never"))
            try expect("the bytes", try await subject.read("file"), is: nil)
            try expect("the list", try await subject.names(), is: ["file2"])
        },
    ]
}
