/// Says where and why bytes are not a BSON document.
public struct BSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the bytes.
    public enum Reason: Hashable, Sendable {
        /// A value or its terminator lies beyond the end of the document around it.
        case truncated
        /// A length is negative, too small, or does not match what it measures.
        case invalidLength
        /// A document, string or key does not end in a zero byte.
        case missingTerminator
        /// A key or string is not well-formed UTF-8.
        case invalidUTF8
        /// No element type of the specification has this code.
        case unknownType(UInt8)
        /// A boolean is neither 0 nor 1.
        case invalidBoolean(UInt8)
        /// Bytes follow the document.
        case trailingBytes
        /// The document exceeds `BSONLimits.documentByteCountMaximum`.
        case tooLarge
        /// The document exceeds `BSONLimits.depthMaximum`.
        case tooDeep
    }

    /// The offset of the offending byte from the start of the document.
    public let position: Int
    /// What is wrong there.
    public let reason: Reason

    /// A sentence for logs; it contains no stored data but the offending code.
    public var description: String { "BSON is malformed at byte \(position): \(reason)" }
}
