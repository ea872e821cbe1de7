import Testing

@testable import BSON

@Suite struct MutationTests {
    /// A valid document with the way its Swift type reads it.
    private struct Sample {
        let bytes: [UInt8]
        let decode: ([UInt8]) throws -> Void

        init(_ document: BSONDocument) {
            bytes = document.bytes
            decode = { bytes in
                _ = try BSONDocument(bytes: bytes).elements
                _ = try BSONDecoder().decode([String: String?].self, from: bytes)
            }
        }

        init<T: Codable>(of value: T) throws {
            bytes = try BSONEncoder().encode(value)
            decode = { _ = try BSONDecoder().decode(T.self, from: $0) }
        }
    }

    private static func samples() throws -> [Sample] {
        [
            Sample(GoldenSample.allInOne), try Sample(of: EveryScalar()),
            try Sample(of: Nested()), try Sample(of: HandWritten()),
        ]
    }

    /// Reads bytes as document and value, which must agree; says whether they are a document.
    private func accepts(_ bytes: [UInt8], decode: ([UInt8]) throws -> Void) -> Bool {
        var isValid = true
        do throws(BSONError) {
            _ = try BSONDocument(bytes: bytes)
        } catch {
            isValid = false
            if error.position > bytes.count { Issue.record("\(error) lies beyond the bytes") }
        }
        do {
            try decode(bytes)
            if !isValid { Issue.record("malformed bytes were decoded: \(bytes.hex)") }
        } catch {
            let isExpected = isValid ? error is DecodingError : error is BSONError
            if !isExpected { Issue.record("\(error) for \(bytes.hex)") }
        }
        return isValid
    }

    @Test func `a truncated document is refused at every byte`() throws {
        for sample in try Self.samples() {
            #expect(accepts(sample.bytes, decode: sample.decode))
            for count in sample.bytes.indices {
                #expect(!accepts(Array(sample.bytes[..<count]), decode: sample.decode))
            }
        }
    }

    @Test func `a document cut short at every byte is refused with its length corrected`() throws {
        for sample in try Self.samples() {
            for count in 5..<sample.bytes.count {
                var cut = Array(sample.bytes[..<count])
                cut[0] = UInt8(count & 255)
                cut[1] = UInt8(count >> 8)
                cut[count - 1] = 0
                _ = accepts(cut, decode: sample.decode)
            }
        }
    }

    @Test(arguments: [1, 2, 4] as [UInt64])
    func `mutated bytes are refused or decoded`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let edges: [UInt8] = [0x00, 0x01, 0x02, 0x04, 0x05, 0x7F, 0x80, 0xFF]
        for sample in try Self.samples() {
            var bytes = sample.bytes
            for position in bytes.indices {
                for _ in 0..<5 {
                    let isEdge = Bool.random(using: &random)
                    let drawn = UInt8.random(in: .min ... .max, using: &random)
                    bytes[position] = isEdge ? edges[Int(drawn) % edges.count] : drawn
                    _ = accepts(bytes, decode: sample.decode)
                }
                bytes[position] = sample.bytes[position]
            }
        }
    }

    @Test func `random bytes in place of elements are refused or decoded`() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...40, using: &random)
            let body = (0..<count).map { _ in UInt8.random(in: 0...20, using: &random) }
            _ = accepts([UInt8(count + 5), 0, 0, 0] + body + [0]) { bytes in
                _ = try BSONDecoder().decode([String: [Int?]].self, from: bytes)
            }
        }
    }
}
