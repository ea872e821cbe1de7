import Testing

@testable import BSON

@Suite struct ErrorTests {
    private struct Outer: Codable {
        var inner: [String: [Point]]
    }

    private func context(of error: (any Error)?) -> DecodingError.Context? {
        switch error as? DecodingError {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context), .dataCorrupted(let context):
            context
        default: nil
        }
    }

    private func path(decoding value: BSONValue) throws -> String? {
        let ok = BSONValue.document(
            try BSONDocument(elements: [
                .init(key: "x", value: .int32(1)), .init(key: "y", value: .int32(2)),
            ]))
        let inner = try BSONDocument(elements: [
            .init(key: "list", value: .array([ok, ok, value]))
        ])
        let bytes = try BSONDocument(elements: [
            .init(key: "other", value: .null), .init(key: "inner", value: .document(inner)),
        ]).bytes
        let error = #expect(throws: DecodingError.self) {
            try BSONDecoder().decode(Outer.self, from: bytes)
        }
        return context(of: error)?.codingPath.map(\.stringValue).joined(separator: ".")
    }

    private func point(_ elements: [BSONDocument.Element]) throws -> BSONValue {
        .document(try BSONDocument(elements: elements))
    }

    @Test func `a decoding error has the path to the value`() throws {
        let x = BSONDocument.Element(key: "x", value: .int32(1))
        #expect(try path(decoding: .int32(1)) == "inner.list.2")
        #expect(try path(decoding: .null) == "inner.list.2")
        #expect(try path(decoding: point([x])) == "inner.list.2")
        let text = BSONDocument.Element(key: "y", value: .string("1"))
        #expect(try path(decoding: point([x, text])) == "inner.list.2.y")
        let none = BSONDocument.Element(key: "y", value: .null)
        #expect(try path(decoding: point([x, none])) == "inner.list.2.y")
        let beyond = BSONDocument.Element(key: "y", value: .double(0.5))
        #expect(try path(decoding: point([x, beyond])) == "inner.list.2.y")
    }

    @Test func `the kind of decoding error says what is wrong`() throws {
        let bytes = try BSONEncoder().encode(["x": "text"])
        let error = #expect(throws: DecodingError.self) {
            try BSONDecoder().decode(Point.self, from: bytes)
        }
        guard case .typeMismatch = error else {
            Issue.record("not a mismatch")
            return
        }
        let missing = #expect(throws: DecodingError.self) {
            try BSONDecoder().decode(Point.self, from: BSONEncoder().encode(Empty()))
        }
        guard case .keyNotFound(let key, _) = missing else {
            Issue.record("not a missing key")
            return
        }
        #expect(key.stringValue == "x")
    }

    @Test func `only documents are encoded at the top`() {
        let expected = BSONEncodingError(reason: .topLevelIsNotADocument, path: [])
        #expect(throws: expected) { try BSONEncoder().encode(1) }
        #expect(throws: expected) { try BSONEncoder().encode([1, 2]) }
        #expect(throws: expected) { try BSONEncoder().encode([1, 2] as [UInt8]) }
        #expect(throws: expected) { try BSONEncoder().encode("text") }
        #expect(throws: expected) { try BSONEncoder().encode(Int?.none) }
    }

    @Test func `keys with zero bytes are refused`() {
        let expected = BSONEncodingError(reason: .textContainsNUL, path: ["a", "b\0"])
        #expect(throws: expected) { try BSONEncoder().encode(["a": ["b\0": 1]]) }
    }

    @Test func `an error of the value itself arrives with its path`() {
        struct Refusing: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(1, forKey: .written)
                throw Refusal()
            }

            private enum Key: CodingKey {
                case written
            }
        }
        let expected = BSONEncodingError(
            reason: .refusedByValue("Refusal()"), path: ["list", "1"])
        let values: [Refusing?] = [nil, Refusing()]
        #expect(throws: expected) { try BSONEncoder().encode(["list": values]) }
    }

    @Test func `a caught error leaves the parent as it was`() throws {
        struct Catching: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(1, forKey: .before)
                #expect(throws: BSONEncodingError.self) {
                    try container.encode([[1: UInt64.max]], forKey: .failed)
                }
                #expect(throws: BSONEncodingError.self) {
                    try container.encode(UInt64.max, forKey: .failed)
                }
                try container.encode(2, forKey: .after)
            }

            private enum Key: CodingKey {
                case before, failed, after
            }
        }
        let bytes = try BSONEncoder().encode(Catching())
        let read = try BSONDecoder().decode([String: Int].self, from: bytes)
        #expect(read == ["before": 1, "after": 2])
    }

    @Test func `a misuse that was caught does not spoil the rest`() throws {
        struct TwoShapes: Encodable {
            func encode(to encoder: any Encoder) throws {
                _ = encoder.unkeyedContainer()
                var container = encoder.container(keyedBy: BSONPathKey.self)
                try container.encode(1, forKey: BSONPathKey(stringValue: "a"))
            }
        }
        struct Catching: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: BSONPathKey.self)
                let key = BSONPathKey(stringValue: "key")
                let expected = BSONEncodingError(reason: .containerMisused, path: ["key"])
                #expect(throws: expected) { try container.encode(TwoShapes(), forKey: key) }
                try container.encode(2, forKey: key)
            }
        }
        let bytes = try BSONEncoder().encode(Catching())
        #expect(try BSONDecoder().decode([String: Int].self, from: bytes) == ["key": 2])
    }

    @Test func `a container that outlives its value is refused`() {
        final class Escape: Encodable {
            var container: (any UnkeyedEncodingContainer)?

            func encode(to encoder: any Encoder) throws {
                if container == nil { container = encoder.unkeyedContainer() }
                try container?.encode(1)
            }
        }
        let escape = Escape()
        #expect(throws: BSONEncodingError.self) {
            try BSONEncoder().encode(["a": [escape, escape]])
        }
    }

    private struct Refusal: Error {}
}
