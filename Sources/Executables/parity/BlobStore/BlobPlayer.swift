import Ports

/// Carries out operations on one blob store, whichever it is.
struct BlobPlayer {
    private let store: any BlobStore
    private var uploads: [Int: any BlobUpload] = [:]
    private var publicationCount = 0

    init(_ store: any BlobStore) { self.store = store }

    mutating func answers(to operations: [BlobOperation]) async -> [Answer] {
        var answers: [Answer] = []
        for operation in operations { answers.append(await answer(to: operation)) }
        return answers
    }

    private mutating func answer(to operation: BlobOperation) async -> Answer {
        switch operation {
        case .begin(let slot): return await begin(slot)
        case .append(let count, let byte, let slot):
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: Int(byte) + $0 &* 7 + $0 >> 8) }
            return await done("append", slot) { upload throws(StoreError) in
                try await upload.append(bytes)
            }
        case .sync(let slot):
            return await done("sync", slot) { upload throws(StoreError) in
                try await upload.sync()
            }
        case .publish(let slot):
            publicationCount += 1
            let id = Self.name(publicationCount)
            return await done("publish", slot) { upload throws(StoreError) in
                try await upload.sync()
                try await upload.publish(id)
            }
        case .abandon(let slot):
            guard let upload = uploads[slot] else { return Answer("abandon", "no upload") }
            await upload.abandon()
            return Answer("abandon", "done")
        case .read(let id, let offset, let count): return await read(id, offset, count)
        case .remove(let id):
            do throws(StoreError) { try await store.remove(id) } catch {
                return Answer("remove", error: error)
            }
            return Answer("remove", "done")
        case .published(let id, let limit): return await list(after: id, limit)
        }
    }

    /// The name of a publication, which need not have come about.
    static func name(_ number: Int) -> BlobID {
        guard let id = BlobID("file-\(number)") else { preconditionFailure("a number is no id") }
        return id
    }

    private mutating func begin(_ slot: Int) async -> Answer {
        do throws(StoreError) {
            uploads[slot] = try await store.begin()
            return Answer("begin", "done")
        } catch {
            return Answer("begin", error: error)
        }
    }

    private func done(
        _ operation: String, _ slot: Int,
        _ body: (any BlobUpload) async throws(StoreError) -> Void
    ) async -> Answer {
        guard let upload = uploads[slot] else { return Answer(operation, "no upload") }
        do throws(StoreError) {
            try await body(upload)
            return Answer(operation, "done")
        } catch {
            return Answer(operation, error: error)
        }
    }

    private func read(_ id: BlobID, _ offset: Int64, _ count: Int) async -> Answer {
        do throws(StoreError) {
            guard let bytes = try await store.read(id, from: offset, byteCount: count) else {
                return Answer("read", "absent")
            }
            let sum = bytes.reduce(UInt64(17)) { ($0 &* 31) &+ UInt64($1) }
            return Answer(
                "read", bytes.isEmpty ? "empty" : "bytes", "\(bytes.count) bytes, sum \(sum)")
        } catch {
            return Answer("read", error: error)
        }
    }

    private func list(after id: BlobID?, _ limit: Int) async -> Answer {
        do throws(StoreError) {
            let found = try await store.published(after: id, limit: limit)
            return Answer("published", found.isEmpty ? "none" : "some", "\(found.map(\.id.text))")
        } catch {
            return Answer("published", error: error)
        }
    }
}
