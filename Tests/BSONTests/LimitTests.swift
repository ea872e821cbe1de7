import Testing

@testable import BSON

@Suite struct LimitTests {
    @Test(arguments: [1, 2, 10, 100, 999])
    func `depth is allowed up to the limit`(depthMaximum: Int) throws {
        let limits = BSONLimits(depthMaximum: depthMaximum)
        let allowed = Nest(depth: depthMaximum)
        let bytes = try BSONEncoder(limits: limits).encode(allowed)
        #expect(try BSONDecoder(limits: limits).decode(Nest.self, from: bytes) == allowed)
        #expect(try BSONDocument(bytes: bytes, limits: limits).bytes == bytes)

        let tooDeep = Nest(depth: depthMaximum + 1)
        let reason = #expect(throws: BSONEncodingError.self) {
            try BSONEncoder(limits: limits).encode(tooDeep)
        }?.reason
        #expect(reason == .tooDeep)
        let generous = BSONLimits(depthMaximum: depthMaximum + 1)
        let deepBytes = try BSONEncoder(limits: generous).encode(tooDeep)
        let refusal = #expect(throws: BSONError.self) {
            try BSONDecoder(limits: limits).decode(Nest.self, from: deepBytes)
        }
        #expect(refusal?.reason == .tooDeep)
        #expect(throws: BSONError.self) { try BSONDocument(bytes: deepBytes, limits: limits) }
    }

    @Test func `a document made of documents obeys the limit as a whole`() throws {
        let bytes = try BSONEncoder().encode(Nest(depth: 100))
        let inner = try BSONDocument(bytes: bytes)
        #expect(throws: BSONEncodingError(reason: .tooDeep, path: [])) {
            try BSONDocument(elements: [.init(key: "a", value: .document(inner))])
        }
    }

    @Test func `nested containers count towards the depth`() throws {
        #expect(throws: BSONEncodingError.self) {
            try BSONEncoder(limits: BSONLimits(depthMaximum: 2)).encode(HandWritten())
        }
        let limits = BSONLimits(depthMaximum: 3)
        let bytes = try BSONEncoder(limits: limits).encode(HandWritten())
        #expect(try BSONDecoder(limits: limits).decode(from: bytes) == HandWritten())
    }

    @Test func `a document is allowed up to its number of bytes`() throws {
        for value in [Filled(), Filled(blob: Array(repeating: 7, count: 1000)), Filled(count: 9)] {
            let bytes = try BSONEncoder().encode(value)
            let exact = BSONLimits(documentByteCountMaximum: bytes.count)
            #expect(try BSONEncoder(limits: exact).encode(value) == bytes)
            #expect(try BSONDecoder(limits: exact).decode(from: bytes) == value)
            let short = BSONLimits(documentByteCountMaximum: bytes.count - 1)
            let reason = #expect(throws: BSONEncodingError.self) {
                try BSONEncoder(limits: short).encode(value)
            }?.reason
            #expect(reason == .tooLarge)
            let refusal = #expect(throws: BSONError.self) {
                try BSONDecoder(limits: short).decode(Filled.self, from: bytes)
            }
            #expect(refusal?.reason == .tooLarge)
        }
    }

    @Test func `a spliced document is allowed up to its number of bytes`() throws {
        let bytes = try BSONEncoder().encode(HandWritten())
        let exact = BSONLimits(documentByteCountMaximum: bytes.count)
        #expect(try BSONEncoder(limits: exact).encode(HandWritten()) == bytes)
        for byteCount in 5..<bytes.count {
            let short = BSONLimits(documentByteCountMaximum: byteCount)
            #expect(throws: BSONEncodingError.self) {
                try BSONEncoder(limits: short).encode(HandWritten())
            }
        }
    }

    private struct Filled: Codable, Equatable {
        var blob: [UInt8] = []
        var count = 0
        var texts = ["a", "bc"]
    }

    /// Documents inside one another; a depth of one is a single empty document.
    private final class Nest: Codable, Equatable {
        let inner: Nest?

        init(depth: Int) {
            inner = depth == 1 ? nil : Nest(depth: depth - 1)
        }

        static func == (one: Nest, other: Nest) -> Bool {
            one.inner == other.inner
        }
    }
}
