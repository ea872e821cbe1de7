/// Says where and why a value cannot become a BSON document.
public struct BSONEncodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the value.
    public enum Reason: Error, Hashable {
        /// The outermost value did not ask for a keyed container.
        case topLevelIsNotADocument
        /// A key, or the pattern or options of a regular expression, contains a zero byte.
        case textContainsNUL
        /// An unsigned integer exceeds `Int64.max`.
        case integerOutOfRange
        /// The document would exceed `BSONLimits.documentByteCountMaximum`.
        case tooLarge
        /// The document would exceed `BSONLimits.depthMaximum`.
        case tooDeep
        /// A container was used after its end, while a nested value was open, or for two shapes.
        case containerMisused
        /// The value's own `encode(to:)` threw the error so described.
        case refusedByValue(String)
    }

    /// What is wrong.
    public let reason: Reason
    /// The keys and indices that lead from the top document to the value.
    public let path: [String]

    /// A sentence for logs.
    public var description: String {
        "value at \"\(path.joined(separator: "."))\" cannot be encoded: \(reason)"
    }
}
