/// A decimal number of IEEE 754-2008 in its 16 raw bytes; nothing computes with it.
public struct BSONDecimal128: Hashable, Sendable {
    /// The length of every decimal.
    public static let byteCount = 16

    /// The bytes in stored order, the least significant first.
    public let bytes: [UInt8]

    /// Makes a decimal of exactly 16 bytes, nil for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}
