import FoundationEssentials

/// Reads answers that list the same rows again and again: what stood in the last answer byte for
/// byte is not decoded a second time, so that one check's change costs one row and not all.
struct ConsulRowList<Row: Decodable & Sendable>: Sendable {
    /// How many rows may have gone between two that stayed, before the later one counts as new.
    private static var gapMaximum: Int { 16 }

    private var known: [(piece: ArraySlice<UInt8>, row: Row)] = []

    /// The rows of an answer's content, in its order.
    mutating func decode(_ body: [UInt8]) throws(RegistryError) -> [Row] {
        guard let pieces = Self.pieces(of: body) else {
            return try ConsulConversation.decode([Row].self, body)
        }
        var found: [(piece: ArraySlice<UInt8>, row: Row)] = []
        found.reserveCapacity(pieces.count)
        // Rows keep their order from answer to answer.
        var rest = known[...]
        for piece in pieces {
            if let place = rest.prefix(Self.gapMaximum).firstIndex(where: { $0.piece == piece }) {
                found.append((piece, rest[place].row))
                rest = rest[(place + 1)...]
            } else {
                found.append((piece, try ConsulConversation.decode(Row.self, Array(piece))))
            }
        }
        known = found
        return found.map(\.row)
    }

    /// The objects of an array, as they are written; nil if it is none of objects alone.
    private static func pieces(of body: [UInt8]) -> [ArraySlice<UInt8>]? {
        var pieces: [ArraySlice<UInt8>] = []
        var (depth, start, isText, isEscaped) = (0, 0, false, false)
        // Between two objects there is one comma; before the first and after the last none.
        var expectsObject = true
        for (position, byte) in body.enumerated() {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch (byte, depth) {
            case (UInt8(ascii: "["), 0) where start == 0: depth = 1
            case (UInt8(ascii: "{"), 1) where expectsObject:
                (depth, start, expectsObject) = (2, position, false)
            case (UInt8(ascii: ","), 1) where !expectsObject: expectsObject = true
            case (UInt8(ascii: "]"), 1) where !expectsObject || pieces.isEmpty:
                guard position == body.count - 1 || body[(position + 1)...].allSatisfy(isSpace)
                else { return nil }
                return pieces
            case (UInt8(ascii: "{"), 2...), (UInt8(ascii: "["), 2...): depth += 1
            case (UInt8(ascii: "}"), 2...), (UInt8(ascii: "]"), 2...):
                depth -= 1
                if depth == 1 { pieces.append(body[start...position]) }
            case (UInt8(ascii: "\""), 2...): isText = true
            case (_, 2...): break
            default: guard isSpace(byte) else { return nil }
            }
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
