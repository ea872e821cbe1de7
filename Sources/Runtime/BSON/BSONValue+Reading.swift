extension BSONValue {
    /// Reads the value of an element of a validated document.
    init(_ element: BSONElement, in storage: ArraySlice<UInt8>) {
        var reader = BSONPieceReader(storage, in: element.value)
        switch element.type {
        case .double: self = .double(Double(bitPattern: reader.integer()))
        case .string: self = .string(reader.string())
        case .document: self = .document(BSONDocument(validated: reader.rest()))
        case .array:
            self = .array(BSONDocument(validated: reader.rest()).elements.map(\.value))
        case .binary: self = reader.binary()
        case .undefined: self = .undefined
        case .objectID: self = .objectID(reader.objectID())
        case .bool: self = .bool(reader.integer(UInt8.self) != 0)
        case .datetime: self = .datetime(milliseconds: reader.integer())
        case .null: self = .null
        case .regularExpression:
            self = .regularExpression(pattern: reader.cString(), options: reader.cString())
        case .dbPointer: self = .dbPointer(namespace: reader.string(), id: reader.objectID())
        case .javascript: self = .javascript(reader.string())
        case .symbol: self = .symbol(reader.string())
        case .javascriptWithScope:
            _ = reader.integer(Int32.self)
            let code = reader.string()
            self = .javascriptWithScope(
                code: code, scope: BSONDocument(validated: reader.rest()))
        case .int32: self = .int32(reader.integer())
        case .timestamp: self = .timestamp(reader.integer())
        case .int64: self = .int64(reader.integer())
        case .decimal128: self = .decimal128(reader.decimal128())
        case .minKey: self = .minKey
        case .maxKey: self = .maxKey
        }
    }
}
