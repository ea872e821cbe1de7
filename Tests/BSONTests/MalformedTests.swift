import Testing

@testable import BSON

@Suite struct MalformedTests {
    private func fault(in hex: String) -> BSONError? {
        let bytes = [UInt8](hex: hex)
        let viaDocument = fault { _ = try BSONDocument(bytes: bytes) }
        let viaDecoder = fault { _ = try BSONDecoder().decode([String: Int].self, from: bytes) }
        #expect(viaDocument == viaDecoder)
        return viaDocument
    }

    private func fault(_ body: () throws -> Void) -> BSONError? {
        do {
            try body()
            return nil
        } catch {
            return error as? BSONError
        }
    }

    @Test func `wrong document lengths are refused`() {
        #expect(fault(in: "")?.reason == .truncated)
        #expect(fault(in: "05000000")?.reason == .truncated)
        #expect(fault(in: "FFFFFFFF 00")?.reason == .invalidLength)
        #expect(fault(in: "00000080 00")?.reason == .invalidLength)
        #expect(fault(in: "04000000 00")?.reason == .invalidLength)
        #expect(fault(in: "FFFFFF7F 00")?.reason == .truncated)
        #expect(fault(in: "05000000 01")?.reason == .missingTerminator)
        let trailing = fault(in: "05000000 00 00")
        #expect(trailing?.reason == .trailingBytes)
        #expect(trailing?.position == 5)
    }

    @Test func `wrong inner lengths are refused`() {
        let documents = ["04000000", "07000000", "FFFFFFFF", "FFFFFF7F"]
        for length in documents {
            #expect(fault(in: "0D000000 03 6100 \(length)00 00") != nil)
        }
        for length in ["00000000", "02000000", "04000000", "FFFFFFFF", "FFFFFF7F"] {
            #expect(fault(in: "0F000000 02 6100 \(length) 686900 00") != nil)
        }
        for length in ["01000000", "03000000", "FFFFFFFF", "FFFFFF7F"] {
            #expect(fault(in: "0F000000 05 6100 \(length) 00 0102 00") != nil)
        }
        for length in ["01000000", "03000000", "FFFFFFFF"] {
            let hex = "13000000 05 6100 06000000 02 \(length) 0102 00"
            #expect(fault(in: hex)?.reason == .invalidLength)
        }
        #expect(fault(in: "10000000 05 6100 03000000 02 010203 00")?.reason == .invalidLength)
        for length in ["0D000000", "0E000000", "10000000"] {
            #expect(fault(in: "17000000 0F 6100 \(length) 02000000 7800 0500000000 00") != nil)
        }
        let gapAfterScope = "18000000 0F 6100 10000000 02000000 7800 0500000000 00 00"
        #expect(fault(in: gapAfterScope)?.reason == .invalidLength)
    }

    @Test func `elements of unknown type are refused where they stand`() {
        for code: UInt8 in [0x00, 0x14, 0x7E, 0x80, 0xFE] {
            let fault = fault(in: "08000000 \([code].hex) 6100 00")
            #expect(fault?.reason == .unknownType(code))
            #expect(fault?.position == 4)
        }
    }

    @Test func `booleans other than zero and one are refused`() {
        let fault = fault(in: "09000000 08 6100 02 00")
        #expect(fault?.reason == .invalidBoolean(2))
        #expect(fault?.position == 7)
    }

    @Test func `keys and texts without an end are refused`() {
        #expect(fault(in: "07000000 0A 61 00")?.reason == .missingTerminator)
        #expect(fault(in: "0E000000 0B 6100 61626364 6500 00") != nil)
        #expect(fault(in: "0F000000 02 6100 03000000 686901 00")?.reason == .missingTerminator)
    }

    @Test func `text that is not UTF-8 is refused in every place`() {
        let wrong = [
            "80", "BF", "C0AF", "C180", "C3", "C328", "E08080", "E09F80", "E28228", "EDA080",
            "F0808080", "F08F8080", "F4908080", "F5808080", "FF", "F09F90", "6162636465666768 FF",
        ]
        for text in wrong.map({ [UInt8](hex: $0) }) {
            for bytes in documents(containing: text) {
                let fault = fault(in: bytes.hex)
                #expect(fault?.reason == .invalidUTF8)
            }
        }
    }

    @Test func `well-formed text of every length is accepted in every place`() {
        let right = [
            "C280", "DFBF", "E0A080", "ED9FBF", "EE8080", "EFBFBF", "F0908080", "F48FBFBF",
            "6162636465666768 F09F90BB", "61",
        ]
        for text in right.map({ [UInt8](hex: $0) }) {
            for bytes in documents(containing: text) {
                #expect(throws: Never.self) { try BSONDocument(bytes: bytes) }
            }
        }
    }

    /// Documents that hold the text as key, string, regular expression, reference and code.
    private func documents(containing text: [UInt8]) -> [[UInt8]] {
        let string = length(text.count + 1) + text + [0]
        let id = [UInt8](repeating: 0, count: 12)
        let empty = [UInt8](hex: "0500000000")
        let elements: [[UInt8]] = [
            [0x0A] + text + [0],
            [0x02, 0x61, 0] + string,
            [0x0D, 0x61, 0] + string,
            [0x0B, 0x61, 0] + text + [0, 0],
            [0x0B, 0x61, 0, 0] + text + [0],
            [0x0C, 0x61, 0] + string + id,
            [0x0F, 0x61, 0] + length(4 + string.count + empty.count) + string + empty,
        ]
        return elements.map { length($0.count + 5) + $0 + [0] }
    }

    private func length(_ count: Int) -> [UInt8] {
        withUnsafeBytes(of: Int32(count).littleEndian) { Array($0) }
    }
}
