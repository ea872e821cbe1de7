import Platform
import Ports

/// The files of one store as a plain value: what ``MemoryBlobStore`` guards.
public struct BlobTable: Hashable, Sendable {
    /// Names a file in the making.
    public struct UploadNumber: Hashable, Sendable {
        fileprivate let value: Int
    }

    /// The most bytes that one read gives.
    public static let readByteCountMaximum = 256 << 10

    private var uploadCount = 0
    private var uploads: [UploadNumber: [UInt8]] = [:]
    private var files: [BlobID: [UInt8]] = [:]
    private var names: [PublishedBlob] = []

    /// An empty table.
    public init() {}

    /// Begins a file.
    public mutating func begin() -> UploadNumber {
        uploadCount += 1
        let number = UploadNumber(value: uploadCount)
        uploads[number] = []
        return number
    }

    /// Adds bytes at a file's end; one that was published or abandoned is unavailable.
    public mutating func append(
        _ bytes: [UInt8], to number: UploadNumber
    ) throws(StoreError) {
        try check(number)
        uploads[number, default: []].append(contentsOf: bytes)
    }

    /// Throws when the file is no longer in the making.
    public func check(_ number: UploadNumber) throws(StoreError) {
        guard uploads[number] != nil else { throw .unavailable }
    }

    /// Gives a file its name.
    public mutating func publish(
        _ number: UploadNumber, as id: BlobID, at moment: Instant
    ) throws(StoreError) {
        try check(number)
        files[id] = uploads.removeValue(forKey: number)
        let index = firstIndex(from: id)
        let blob = PublishedBlob(id: id, publishedAt: moment)
        if index < names.count, names[index].id == id {
            names[index] = blob
        } else {
            names.insert(blob, at: index)
        }
    }

    /// Forgets a file in the making.
    public mutating func abandon(_ number: UploadNumber) { uploads[number] = nil }

    /// Forgets all files in the making, as a store does when it opens.
    public mutating func abandonAll() { uploads = [:] }

    /// A published file's bytes from `offset`; nil when there is no such file.
    public func read(
        _ id: BlobID, from offset: Int64, byteCount: Int
    ) throws(StoreError) -> [UInt8]? {
        guard offset >= 0, byteCount >= 0 else {
            throw .limit("a read begins at 0 or later and has no negative length")
        }
        guard let bytes = files[id] else { return nil }
        let start = Int(min(offset, Int64(bytes.count)))
        return Array(bytes[start...].prefix(min(byteCount, Self.readByteCountMaximum)))
    }

    /// Removes a published file, when it is there.
    public mutating func remove(_ id: BlobID) {
        guard files.removeValue(forKey: id) != nil else { return }
        names.remove(at: firstIndex(from: id))
    }

    /// Published files in rising order of id.
    public func published(after id: BlobID?, limit: Int) -> [PublishedBlob] {
        var start = 0
        if let id {
            start = firstIndex(from: id)
            if start < names.count, names[start].id == id { start += 1 }
        }
        return Array(names[start...].prefix(max(0, limit)))
    }

    private func firstIndex(from id: BlobID) -> Int {
        var range = 0..<names.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                names[middle].id < id
                ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
