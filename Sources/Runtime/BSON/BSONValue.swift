/// One value of any element type of bsonspec.org 1.1, for tools that read documents of any form.
public enum BSONValue: Hashable, Sendable {
    /// A 64-bit floating point number.
    case double(Double)
    /// Text, which may contain zero bytes.
    case string(String)
    /// A document inside the document.
    case document(BSONDocument)
    /// The values of an array; its keys are written as "0", "1" and so on.
    case array([BSONValue])
    /// Bytes with a subtype; the inner length of subtype 2 is not among them.
    case binary(subtype: UInt8, bytes: [UInt8])
    /// The deprecated undefined value.
    case undefined
    /// An id of twelve bytes.
    case objectID(BSONObjectID)
    /// True or false.
    case bool(Bool)
    /// A time in milliseconds since 1970-01-01T00:00:00Z.
    case datetime(milliseconds: Int64)
    /// The null value.
    case null
    /// A regular expression with its option letters; neither contains a zero byte.
    case regularExpression(pattern: String, options: String)
    /// The deprecated reference to a document of another collection.
    case dbPointer(namespace: String, id: BSONObjectID)
    /// JavaScript code.
    case javascript(String)
    /// The deprecated symbol.
    case symbol(String)
    /// The deprecated JavaScript code with the variables it sees.
    case javascriptWithScope(code: String, scope: BSONDocument)
    /// A 32-bit integer.
    case int32(Int32)
    /// A time stamp of MongoDB's replication: increment in the low half, seconds in the high.
    case timestamp(UInt64)
    /// A 64-bit integer.
    case int64(Int64)
    /// A decimal number.
    case decimal128(BSONDecimal128)
    /// A value below all others.
    case minKey
    /// A value above all others.
    case maxKey
}
