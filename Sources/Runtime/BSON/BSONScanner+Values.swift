extension BSONScanner {
    /// Finds where a value ends, after checking that it ends inside the document.
    @inline(__always)
    func valueEnd(of type: BSONType, at start: Int) throws(BSONError) -> Int {
        switch type {
        case .int64, .double, .datetime, .timestamp: try skip(8, from: start)
        case .string, .javascript, .symbol: try stringEnd(at: start)
        case .document, .array: try BSONScanner(bytes, documentAt: start, limit: end).end + 1
        case .undefined, .null, .minKey, .maxKey: start
        case .bool: try boolEnd(at: start)
        case .int32: try skip(4, from: start)
        case .objectID: try skip(12, from: start)
        case .decimal128: try skip(16, from: start)
        case .binary: try binaryEnd(at: start)
        case .regularExpression: try cString(at: cString(at: start).upperBound + 1).upperBound + 1
        case .dbPointer: try skip(12, from: stringEnd(at: start))
        case .javascriptWithScope: try scopedCodeEnd(at: start)
        }
    }

    private func skip(_ byteCount: Int, from start: Int) throws(BSONError) -> Int {
        guard byteCount <= end - start else {
            throw BSONError(position: start, reason: .truncated)
        }
        return start + byteCount
    }

    private func length(at start: Int, atLeast minimum: Int) throws(BSONError) -> Int {
        _ = try skip(4, from: start)
        let length = Int(bytes.integer(Int32.self, at: start))
        guard length >= minimum else { throw BSONError(position: start, reason: .invalidLength) }
        return length
    }

    private func stringEnd(at start: Int) throws(BSONError) -> Int {
        let end = try skip(length(at: start, atLeast: 1), from: start + 4)
        guard bytes[end - 1] == 0 else {
            throw BSONError(position: end - 1, reason: .missingTerminator)
        }
        return end
    }

    private func boolEnd(at start: Int) throws(BSONError) -> Int {
        let end = try skip(1, from: start)
        guard bytes[start] <= 1 else {
            throw BSONError(position: start, reason: .invalidBoolean(bytes[start]))
        }
        return end
    }

    private func binaryEnd(at start: Int) throws(BSONError) -> Int {
        let length = try length(at: start, atLeast: 0)
        let content = try skip(1, from: start + 4)
        let end = try skip(length, from: content)
        guard bytes[start + 4] == 2 else { return end }
        guard length >= 4, Int(bytes.integer(Int32.self, at: content)) == length - 4 else {
            throw BSONError(position: content, reason: .invalidLength)
        }
        return end
    }

    /// Total length, code and scope; the scope must fill what the code leaves.
    private func scopedCodeEnd(at start: Int) throws(BSONError) -> Int {
        let end = try skip(length(at: start, atLeast: 14), from: start)
        let scope = try stringEnd(at: start + 4)
        guard scope <= end else { throw BSONError(position: start, reason: .invalidLength) }
        let scopeEnd = try BSONScanner(bytes, documentAt: scope, limit: end).end + 1
        guard scopeEnd == end else { throw BSONError(position: scope, reason: .invalidLength) }
        return end
    }
}
