import Ports

extension BlobStoreConformance {
    static let uploads: [Check<Subject>] = [
        Check("a file is read as it was added, part by part") { subject in
            let upload = try await subject.store.begin()
            for part in [[1, 2], [], [3], Array(4...255)] as [[UInt8]] {
                try await upload.append(part)
            }
            try await upload.sync()
            try await upload.publish(id("file"))
            try expect("the bytes", try await subject.read("file"), is: Array(1...255))
        },
        Check("nothing of a file is seen before it is published") { subject in
            let upload = try await subject.store.begin()
            try await upload.append([1, 2, 3])
            try await upload.sync()
            try expect("the bytes", try await subject.read("file"), is: nil)
            try expect("the list", try await subject.names(), is: [])
            try await upload.publish(id("file"))
            try expect("the bytes", try await subject.read("file"), is: [1, 2, 3])
            try expect("the list", try await subject.names(), is: ["file"])
        },
        Check("an empty file is a file") { subject in
            try await subject.publish("file", [])
            try expect("the bytes", try await subject.read("file"), is: [])
            try expect("the list", try await subject.names(), is: ["file"])
        },
        Check("bytes may be added between two syncs") { subject in
            let upload = try await subject.store.begin()
            for byte: UInt8 in 1...3 {
                try await upload.append([byte])
                try await upload.sync()
            }
            try await upload.publish(id("file"))
            try expect("the bytes", try await subject.read("file"), is: [1, 2, 3])
        },
        Check("an abandoned file is gone, and abandoning it again changes nothing") { subject in
            let upload = try await subject.store.begin()
            try await upload.append([1])
            await upload.abandon()
            await upload.abandon()
            try await expectError("adding", .unavailable) { () async throws(StoreError) in
                try await upload.append([2])
            }
            try await expectError("publishing", .unavailable) { () async throws(StoreError) in
                try await upload.publish(id("file"))
            }
            try expect("the list", try await subject.names(), is: [])
        },
        Check("a published file stays when it is abandoned, and takes no more bytes") { subject in
            let upload = try await subject.store.begin()
            try await upload.append([1])
            try await upload.sync()
            try await upload.publish(id("file"))
            await upload.abandon()
            try await expectError("adding", .unavailable) { () async throws(StoreError) in
                try await upload.append([2])
            }
            try expect("the bytes", try await subject.read("file"), is: [1])
        },
        Check("files that are made at the same time are not mixed") { subject in
            _ = try await subject.platform.tasks.together(8) { number in
                let upload = try await subject.store.begin()
                for _ in 0..<20 {
                    try await upload.append([UInt8](repeating: UInt8(number), count: 1000))
                }
                try await upload.sync()
                try await upload.publish(id("file\(number)"))
            }
            for number in 0..<8 {
                let expected = [UInt8](repeating: UInt8(number), count: 20_000)
                try expect("file \(number)", try await subject.read("file\(number)"), is: expected)
            }
        },
    ]
}
