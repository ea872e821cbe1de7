import Testing

@testable import BSON

@Suite struct MutationTests {
    private static func samples() throws -> [[UInt8]] {
        let encoder = BSONEncoder()
        return [
            GoldenSample.allInOne.bytes, try encoder.encode(EveryScalar()),
            try encoder.encode(Nested()), try encoder.encode(HandWritten()),
        ]
    }

    /// Reads bytes in every way; says whether they were accepted as a document.
    private func accepts(_ bytes: [UInt8]) -> Bool {
        let decoder = BSONDecoder()
        let readings: [() throws -> Void] = [
            { _ = try decoder.decode(EveryScalar.self, from: bytes) },
            { _ = try decoder.decode(Nested.self, from: bytes) },
            { _ = try decoder.decode(HandWritten.self, from: bytes) },
        ]
        let isValid: Bool
        do throws(BSONError) {
            let document = try BSONDocument(bytes: bytes)
            #expect(document.elements.count < bytes.count)
            isValid = true
        } catch {
            #expect((0...bytes.count).contains(error.position))
            isValid = false
        }
        for reading in readings {
            do {
                try reading()
                #expect(isValid)
            } catch {
                #expect(isValid ? error is DecodingError : error is BSONError)
            }
        }
        return isValid
    }

    @Test func `a truncated document is refused at every byte`() throws {
        for sample in try Self.samples() {
            #expect(accepts(sample))
            for count in sample.indices {
                #expect(!accepts(Array(sample[..<count])))
            }
        }
    }

    @Test func `a document cut short at every byte is refused with its length corrected`() throws {
        for sample in try Self.samples() {
            for count in 5..<sample.count {
                var cut = Array(sample[..<count])
                cut[0] = UInt8(count & 255)
                cut[1] = UInt8(count >> 8)
                cut[count - 1] = 0
                _ = accepts(cut)
            }
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `mutated bytes are refused or decoded`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let edges: [UInt8] = [0x00, 0x01, 0x02, 0x04, 0x05, 0x7F, 0x80, 0xFF]
        for sample in try Self.samples() {
            var bytes = sample
            for position in sample.indices {
                for _ in 0..<4 {
                    let isEdge = Bool.random(using: &random)
                    let drawn = UInt8.random(in: .min ... .max, using: &random)
                    bytes[position] = isEdge ? edges[Int(drawn) % edges.count] : drawn
                    _ = accepts(bytes)
                }
                bytes[position] = sample[position]
            }
        }
    }

    @Test func `random bytes in place of elements are refused or decoded`() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...40, using: &random)
            let body = (0..<count).map { _ in UInt8.random(in: 0...20, using: &random) }
            _ = accepts([UInt8(count + 5), 0, 0, 0] + body + [0])
        }
    }
}
