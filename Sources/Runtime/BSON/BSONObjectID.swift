/// The twelve bytes that MongoDB makes unique for each document.
public struct BSONObjectID: Hashable, Sendable {
    /// The length of every object id.
    public static let byteCount = 12

    /// The bytes in stored order.
    public let bytes: [UInt8]

    /// Makes an object id of exactly twelve bytes, nil for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}
