/// A value of JSON, read from an answer.
enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])
}

extension JSON: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = Self.value(Bool.self, container) {
            self = .bool(value)
        } else if let value = Self.value(Double.self, container) {
            self = .number(value)
        } else if let value = Self.value(String.self, container) {
            self = .text(value)
        } else if let value = Self.value([JSON].self, container) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    private static func value<Value: Decodable>(
        _ type: Value.Type, _ container: any SingleValueDecodingContainer
    ) -> Value? {
        do { return try container.decode(type) } catch { return nil }
    }
}

extension JSON {
    subscript(name: String) -> JSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }

    var number: UInt64? {
        if case .number(let number) = self { UInt64(exactly: number) } else { nil }
    }

    var rows: [JSON] { if case .array(let rows) = self { rows } else { [] } }
}

extension JSON: CustomStringConvertible {
    /// The value with the members of objects in order of names.
    var description: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return "\(value)"
        case .number(let value): return "\(value)"
        case .text(let value): return value.debugDescription
        case .array(let values):
            return "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .object(let members):
            let texts = members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            return "{" + texts.joined(separator: ", ") + "}"
        }
    }
}
