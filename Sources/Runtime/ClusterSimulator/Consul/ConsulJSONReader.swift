/// Reads JSON as Go's decoder does, as far as requests to Consul need it.
struct ConsulJSONReader {
    /// How deep values may lie in each other.
    static let depthMaximum = 64

    private var rest: ArraySlice<UInt8>

    /// The value of some bytes.
    static func read(_ bytes: [UInt8]) throws(ConsulFailure) -> ConsulJSON {
        guard !bytes.isEmpty else { throw .badRequest("Request decode failed: EOF") }
        var reader = ConsulJSONReader(rest: bytes[...])
        return try reader.value(depth: 0)
    }

    private var failure: ConsulFailure {
        guard let byte = rest.first else {
            return .badRequest("Request decode failed: unexpected EOF")
        }
        let character = Character(Unicode.Scalar(byte))
        return .badRequest("Request decode failed: invalid character '\(character)'")
    }

    private mutating func value(depth: Int) throws(ConsulFailure) -> ConsulJSON {
        skipSpace()
        guard depth < Self.depthMaximum, let byte = rest.first else { throw failure }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(_ depth: Int) throws(ConsulFailure) -> ConsulJSON {
        var members: [ConsulJSON.Member] = []
        rest.removeFirst()
        while !take("}") {
            if !members.isEmpty { try expect(",") }
            skipSpace()
            guard rest.first == UInt8(ascii: "\"") else { throw failure }
            let name = try string()
            try expect(":")
            members.append(.init(name: name, value: try value(depth: depth + 1)))
        }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws(ConsulFailure) -> ConsulJSON {
        var values: [ConsulJSON] = []
        rest.removeFirst()
        while !take("]") {
            if !values.isEmpty { try expect(",") }
            values.append(try value(depth: depth + 1))
        }
        return .array(values)
    }

    private mutating func string() throws(ConsulFailure) -> String {
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"): bytes += try escape()
            default: bytes.append(byte)
            }
        }
        throw failure
    }

    private mutating func escape() throws(ConsulFailure) -> [UInt8] {
        guard let byte = rest.popFirst() else { throw failure }
        switch byte {
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "u"):
            let digits = String(decoding: rest.prefix(4), as: UTF8.self)
            guard let code = UInt32(digits, radix: 16) else { throw failure }
            rest.removeFirst(min(4, rest.count))
            return Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
        default: return [byte]
        }
    }

    private mutating func number() throws(ConsulFailure) -> ConsulJSON {
        let text = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == 45 }
        guard let value = Int64(String(decoding: text, as: UTF8.self)) else { throw failure }
        rest = rest.dropFirst(text.count)
        return .number(value)
    }

    private mutating func word(
        _ word: String, _ value: ConsulJSON
    ) throws(ConsulFailure) -> ConsulJSON {
        guard rest.starts(with: word.utf8) else { throw failure }
        rest = rest.dropFirst(word.utf8.count)
        return value
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
    }

    /// Takes a sign if it comes next.
    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard rest.first == UInt8(ascii: sign) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func expect(_ sign: Unicode.Scalar) throws(ConsulFailure) {
        guard take(sign) else { throw failure }
    }
}
