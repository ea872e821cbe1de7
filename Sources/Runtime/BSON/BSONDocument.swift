/// A whole valid document of any form; documents are equal if their bytes are.
public struct BSONDocument: Hashable, Sendable {
    /// One key with its value.
    public struct Element: Hashable, Sendable {
        /// The key, which is unique only in well-made documents.
        public let key: String
        /// The value stored under the key.
        public let value: BSONValue

        /// Pairs a key with a value.
        public init(key: String, value: BSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The bytes, perhaps a part of the document around this one.
    let storage: ArraySlice<UInt8>

    /// Keeps bytes that are exactly one document, after checking all of them.
    public init(bytes: [UInt8], limits: BSONLimits = .init()) throws(BSONError) {
        let source = try BSONSource(validating: bytes, limits: limits)
        storage = source.bytes[...]
    }

    /// Writes elements in the given order; throws for zero bytes in keys and beyond the limits.
    public init(elements: [Element], limits: BSONLimits = .init()) throws(BSONEncodingError) {
        var buffer = BSONBuffer(
            byteCountMaximum: limits.documentByteCountMaximum, capacity: 64)
        buffer.append(integer: Int32(0))
        for element in elements {
            do throws(BSONEncodingError.Reason) {
                try element.append(to: &buffer)
            } catch {
                throw BSONEncodingError(reason: error, path: [element.key])
            }
        }
        do throws(BSONEncodingError.Reason) {
            try buffer.endDocument(at: 0)
        } catch {
            throw BSONEncodingError(reason: error, path: [])
        }
        do throws(BSONError) {
            try self.init(bytes: buffer.bytes, limits: limits)
        } catch {
            precondition(error.reason == .tooDeep, "a document was written wrongly: \(error)")
            throw BSONEncodingError(reason: .tooDeep, path: [])
        }
    }

    init(validated storage: ArraySlice<UInt8>) {
        self.storage = storage
    }

    /// The document as it is stored and sent.
    public var bytes: [UInt8] { Array(storage) }

    /// The elements in stored order with all duplicates.
    public var elements: [Element] {
        places.map { Element(key: key(at: $0), value: BSONValue($0, in: storage)) }
    }

    /// The value of the first element whose key has the same bytes, nil if there is none.
    public subscript(key: String) -> BSONValue? {
        places.first { storage[bounds(of: $0.key)].elementsEqual(key.utf8) }
            .map { BSONValue($0, in: storage) }
    }

    private var places: [BSONElement] {
        var places: [BSONElement] = []
        do throws(BSONError) {
            try storage.withUnsafeBufferPointer { buffer throws(BSONError) in
                let bytes = UnsafeRawBufferPointer(buffer)
                var scanner = try BSONScanner(bytes, documentAt: 0, limit: bytes.count)
                while let element = try scanner.next() { places.append(element) }
            }
        } catch {
            preconditionFailure("a validated document is malformed: \(error)")
        }
        return places
    }

    private func key(at place: BSONElement) -> String {
        String(decoding: storage[bounds(of: place.key)], as: UTF8.self)
    }

    private func bounds(of range: Range<Int>) -> Range<Int> {
        (storage.startIndex + range.lowerBound)..<(storage.startIndex + range.upperBound)
    }
}

extension BSONDocument.Element {
    fileprivate func append(to buffer: inout BSONBuffer) throws(BSONEncodingError.Reason) {
        buffer.append(value.type.rawValue)
        try buffer.append(cString: key)
        try value.append(to: &buffer)
    }
}
