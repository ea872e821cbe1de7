/// A collection whose own order differs between processes and is replaced when it is written.
protocol BSONSortedEncodable {
    func encodeSorted(to encoder: BSONValueEncoder) throws
}

extension Dictionary: BSONSortedEncodable where Key: Encodable, Value: Encodable {
    /// Writes a document if Codable would, otherwise an array of keys and values in turn.
    func encodeSorted(to encoder: BSONValueEncoder) throws {
        if Key.self is any CodingKeyRepresentable.Type {
            try encodeDocument(to: encoder)
        } else {
            try encodePairs(to: encoder)
        }
    }

    private func encodeDocument(to encoder: BSONValueEncoder) throws {
        let names = keys.map { Self.name(of: $0) }
        let values = Array(values)
        encoder.session.writer.open(.document, in: encoder.serial)
        for position in names.bytewiseOrder {
            try encoder.session.writeElement(
                values[position], key: names[position], in: encoder.serial)
        }
    }

    private func encodePairs(to encoder: BSONValueEncoder) throws {
        let limits = encoder.session.writer.limits
        let pairs = Array(self)
        let keyBytes = try pairs.map { pair in
            let session = BSONEncodingSession(limits: limits, path: [], key: "")
            try session.writeContent(of: pair.key, in: session.root)
            return try session.finish()
        }
        let order = keyBytes.indices.sorted {
            keyBytes[$0].lexicographicallyPrecedes(keyBytes[$1])
        }
        encoder.session.writer.open(.array, in: encoder.serial)
        for position in order {
            try encoder.session.writeElement(pairs[position].key, key: nil, in: encoder.serial)
            try encoder.session.writeElement(pairs[position].value, key: nil, in: encoder.serial)
        }
    }

    private static func name(of key: Key) -> String {
        if let text = key as? String { return text }
        guard let key = key as? any CodingKeyRepresentable else {
            preconditionFailure("keys that are not coding keys are written as pairs")
        }
        return key.codingKey.stringValue
    }
}

extension [String] {
    /// The positions of the texts in the order of their bytes, unlike `<` for composed letters.
    fileprivate var bytewiseOrder: [Int] {
        indices.sorted { one, other in
            var one = self[one]
            var other = self[other]
            return one.withUTF8 { one in
                other.withUTF8 { other in one.lexicographicallyPrecedes(other) }
            }
        }
    }
}
