/// A key of an index: parts in order, compared part by part.
///
/// Its encoding is compared bytewise, which gives the same order in every store: null, then
/// false, true, then numbers, then text by its UTF-8 bytes.
public struct IndexKey: Hashable, Sendable {
    /// One part of a key.
    public enum Part: Hashable, Sendable {
        case null
        case bool(Bool)
        case integer(Int64)
        case text(String)
    }

    /// The parts, most significant first.
    public let parts: [Part]

    /// Makes a key of parts.
    public init(_ parts: [Part]) { self.parts = parts }

    /// The key as bytes that sort as the key does; a key's prefix gives a prefix of its bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for part in parts { Self.append(part, to: &bytes) }
        return bytes
    }

    private static func append(_ part: Part, to bytes: inout [UInt8]) {
        switch part {
        case .null: bytes.append(0x01)
        case .bool(let value): bytes.append(value ? 0x03 : 0x02)
        case .integer(let value):
            bytes.append(0x04)
            let ordered = UInt64(bitPattern: value) ^ (1 << 63)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: ordered >> UInt64(shift)))
            }
        case .text(let value):
            bytes.append(0x05)
            for byte in value.utf8 {
                bytes.append(byte)
                if byte == 0 { bytes.append(0xFF) }
            }
            bytes.append(contentsOf: [0x00, 0x00])
        }
    }
}

extension IndexKey: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Part...) { self.init(elements) }
}

extension IndexKey.Part: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
}

/// A document's place in one index; a document may have several.
public struct IndexEntry: Hashable, Sendable {
    /// The index, named within its collection.
    public let index: String
    /// The key.
    public let key: IndexKey

    /// Describes a place in an index.
    public init(index: String, key: IndexKey) {
        self.index = index
        self.key = key
    }
}
