import BSON
import Testing

/// One value under the key "a" with its bytes, written by hand from bsonspec.org.
struct GoldenSample: Sendable, CustomTestStringConvertible {
    let value: BSONValue
    let bytes: [UInt8]

    init(_ value: BSONValue, _ hex: String) {
        self.value = value
        self.bytes = [UInt8](hex: hex)
    }

    var testDescription: String { "\(value)" }

    static let all: [GoldenSample] = scalars + texts + containers

    private static let scalars = [
        GoldenSample(.double(1.5), "10000000 01 6100 000000000000F83F 00"),
        GoldenSample(.undefined, "08000000 06 6100 00"),
        GoldenSample(.objectID(id), "14000000 07 6100 000102030405060708090A0B 00"),
        GoldenSample(.bool(true), "09000000 08 6100 01 00"),
        GoldenSample(.bool(false), "09000000 08 6100 00 00"),
        GoldenSample(.datetime(milliseconds: -1), "10000000 09 6100 FFFFFFFFFFFFFFFF 00"),
        GoldenSample(.null, "08000000 0A 6100 00"),
        GoldenSample(.int32(-2), "0C000000 10 6100 FEFFFFFF 00"),
        GoldenSample(.timestamp(0x2_0000_0001), "10000000 11 6100 01000000 02000000 00"),
        GoldenSample(.int64(1 << 40), "10000000 12 6100 0000000000010000 00"),
        GoldenSample(
            .decimal128(decimal), "18000000 13 6100 01000000000000000000000000004030 00"),
        GoldenSample(.minKey, "08000000 FF 6100 00"),
        GoldenSample(.maxKey, "08000000 7F 6100 00"),
    ]

    private static let texts = [
        GoldenSample(.string("hi"), "0F000000 02 6100 03000000 686900 00"),
        GoldenSample(.string("\0é"), "10000000 02 6100 04000000 00C3A900 00"),
        GoldenSample(.javascript("x"), "0E000000 0D 6100 02000000 7800 00"),
        GoldenSample(.symbol("x"), "0E000000 0E 6100 02000000 7800 00"),
        GoldenSample(
            .regularExpression(pattern: "a.b", options: "i"), "0E000000 0B 6100 612E6200 6900 00"),
        GoldenSample(
            .dbPointer(namespace: "n", id: id),
            "1A000000 0C 6100 02000000 6E00 000102030405060708090A0B 00"),
    ]

    private static let containers = [
        GoldenSample(.document(empty), "0D000000 03 6100 0500000000 00"),
        GoldenSample(.array([.int32(1)]), "14000000 04 6100 0C000000 10 3000 01000000 00 00"),
        GoldenSample(.binary(subtype: 0, bytes: [1, 2]), "0F000000 05 6100 02000000 00 0102 00"),
        GoldenSample(
            .binary(subtype: 2, bytes: [1, 2]), "13000000 05 6100 06000000 02 02000000 0102 00"),
        GoldenSample(
            .binary(subtype: 0x80, bytes: []), "0D000000 05 6100 00000000 80 00"),
        GoldenSample(
            .javascriptWithScope(code: "x", scope: empty),
            "17000000 0F 6100 0F000000 02000000 7800 0500000000 00"),
    ]

    private static let empty = document([])
    private static let id = require(BSONObjectID(bytes: Array(0..<12)))
    private static let decimal = require(
        BSONDecimal128(bytes: [UInt8](hex: "01000000000000000000000000004030")))

    /// All values in one document, each under its own key.
    static let allInOne = document(
        all.enumerated().map { .init(key: "key\($0)", value: $1.value) })

    private static func document(_ elements: [BSONDocument.Element]) -> BSONDocument {
        do throws(BSONEncodingError) {
            return try BSONDocument(elements: elements)
        } catch {
            preconditionFailure("the samples are valid: \(error)")
        }
    }

    private static func require<T>(_ value: T?) -> T {
        guard let value else { preconditionFailure("the samples are valid") }
        return value
    }
}
