import Platform
import Ports

extension GridFiles {
    /// A published file's row.
    struct File: Hashable {
        let upload: String
        let byteCount: Int64
        let chunkByteCount: Int64
    }

    /// A published file; nil when there is none of this id.
    func file(_ id: BlobID) throws -> File? {
        var file: File?
        let filter = FieldWriter.document { $0.add("filename", id.text) }
        try connection.find(filter, in: form.files, options: { $0.add("limit", 1) }) { row in
            file = File(
                upload: try row.required("_id").text,
                byteCount: try row.required("length").integer,
                chunkByteCount: try row.required("chunkSize").integer)
        }
        return file
    }

    /// A published file's bytes from `offset`; nil when there is none of this id.
    func read(_ id: BlobID, from offset: Int64, byteCount: Int) throws -> [UInt8]? {
        guard let file = try file(id) else { return nil }
        guard file.chunkByteCount > 0 else { throw ReplyError() }
        guard offset < file.byteCount, byteCount > 0 else { return [] }
        let end = offset + min(file.byteCount - offset, Int64(byteCount))
        if let bytes = try bytes(offset..<end, of: file) { return bytes }
        // Its chunks went after the row was read, or are damaged.
        guard try self.file(id) == nil else {
            throw StoreError.corrupt("the file \(id) is not whole")
        }
        return nil
    }

    /// The bytes of a range; nil when a chunk is missing or is not as it was written.
    private func bytes(_ range: Range<Int64>, of file: File) throws -> [UInt8]? {
        let first = range.lowerBound / file.chunkByteCount
        let last = (range.upperBound - 1) / file.chunkByteCount
        let filter = FieldWriter.document { fields in
            fields.add("files_id", file.upload)
            fields.add("n") {
                $0.add("$gte", first)
                $0.add("$lte", last)
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(range.upperBound - range.lowerBound))
        var next = first
        var isWhole = true
        try connection.find(
            filter, in: form.chunks, options: { $0.add("sort") { $0.add("n", 1) } }
        ) { row in
            let data = try row.required("data").binary
            let start = next * file.chunkByteCount
            let expected = min(file.chunkByteCount, file.byteCount - start)
            let index = try row.required("n").integer
            let sum = try row.required("sum").binary
            isWhole = isWhole && index == next && Int64(data.count) == expected
            isWhole = isWhole && ChunkSum(data).bytes.elementsEqual(sum)
            guard isWhole else { return }
            let lower = Int(max(range.lowerBound, start) - start)
            let upper = Int(min(range.upperBound, start + expected) - start)
            bytes.append(contentsOf: data[lower..<upper])
            next += 1
        }
        return isWhole && next == last + 1 ? bytes : nil
    }
}
