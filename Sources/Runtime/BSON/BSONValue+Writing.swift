extension BSONValue {
    var type: BSONType {
        switch self {
        case .double: .double
        case .string: .string
        case .document: .document
        case .array: .array
        case .binary: .binary
        case .undefined: .undefined
        case .objectID: .objectID
        case .bool: .bool
        case .datetime: .datetime
        case .null: .null
        case .regularExpression: .regularExpression
        case .dbPointer: .dbPointer
        case .javascript: .javascript
        case .symbol: .symbol
        case .javascriptWithScope: .javascriptWithScope
        case .int32: .int32
        case .timestamp: .timestamp
        case .int64: .int64
        case .decimal128: .decimal128
        case .minKey: .minKey
        case .maxKey: .maxKey
        }
    }

    /// Appends the content that follows type and key.
    func append(to buffer: inout BSONBuffer) throws(BSONEncodingError.Reason) {
        switch self {
        case .double(let number): number.append(to: &buffer)
        case .string(let text), .javascript(let text), .symbol(let text):
            try buffer.append(string: text)
        case .document(let document): try buffer.append(document.storage)
        case .array(let values): try Self.append(array: values, to: &buffer)
        case .binary(let subtype, let bytes): try buffer.append(binary: bytes, subtype: subtype)
        case .undefined, .null, .minKey, .maxKey: break
        case .objectID(let id): try buffer.append(id.bytes)
        case .bool(let bool): bool.append(to: &buffer)
        case .datetime(let number), .int64(let number): buffer.append(integer: number)
        case .regularExpression(let pattern, let options):
            try buffer.append(cString: pattern)
            try buffer.append(cString: options)
        case .dbPointer(let namespace, let id):
            try buffer.append(string: namespace)
            try buffer.append(id.bytes)
        case .javascriptWithScope(let code, let scope):
            let byteCount = 8 + code.utf8.count + 1 + scope.storage.count
            guard byteCount <= buffer.byteCountMaximum else { throw .tooLarge }
            buffer.append(integer: Int32(byteCount))
            try buffer.append(string: code)
            try buffer.append(scope.storage)
        case .int32(let number): buffer.append(integer: number)
        case .timestamp(let number): buffer.append(integer: number)
        case .decimal128(let number): try buffer.append(number.bytes)
        }
    }

    private static func append(
        array: [BSONValue], to buffer: inout BSONBuffer
    ) throws(BSONEncodingError.Reason) {
        let start = buffer.count
        buffer.append(integer: Int32(0))
        for (index, value) in array.enumerated() {
            buffer.append(value.type.rawValue)
            try buffer.append(index: index)
            try value.append(to: &buffer)
        }
        try buffer.endDocument(at: start)
    }
}
