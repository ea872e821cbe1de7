import Platform
import Ports

/// One page of a list.
public struct ListPage<Item: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// The items in the list's order.
    public var items: [Item]
    /// Where the next page begins; nil when this is the last.
    public var next: ListCursor?

    public init(items: [Item], next: ListCursor?) {
        self.items = items
        self.next = next
    }
}

/// Several items as one reply: a document holds them, as BSON demands.
public struct Listed<Item: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// The items in the order that the message promises.
    public var items: [Item]

    public init(items: [Item]) { self.items = items }
}

/// A place in a list, opaque to the client: text of letters and digits.
public struct ListCursor: Codable, Hashable, Sendable {
    /// Rows that one page may have.
    public static let limitRange = 1...100

    /// The place in the store's terms.
    public let place: PageCursor

    /// A place in a list.
    public init(_ place: PageCursor) { self.place = place }

    /// Reads what ``text`` wrote; nil when it is something else.
    public init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 2 * StoreLimits.keyByteCountMaximum + 200, parts.count == 2,
            let key = Self.bytes(parts[0]), let id = Self.bytes(parts[1]),
            let idText = String(validating: id, as: UTF8.self)
        else { return nil }
        place = PageCursor(keyBytes: key, id: idText)
    }

    /// The place as text.
    public var text: String {
        place.keyBytes.hexadecimal + "." + place.id.utf8.hexadecimal
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count.isMultiple(of: 2) else { return nil }
        let nibbles = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: nibbles.count, by: 2) {
            guard let high = nibbles[index], let low = nibbles[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let cursor = Self(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a place in a list")
        }
        self = cursor
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
