/// Writes `Encodable` values as BSON documents (bsonspec.org 1.1).
///
/// Equal values of one type always give equal bytes: every Swift type has one form, and
/// dictionaries are written in the byte order of their keys.
public struct BSONEncoder: Sendable {
    private let limits: BSONLimits

    /// Makes an encoder whose documents stay within the limits.
    public init(limits: BSONLimits = .init()) {
        self.limits = limits
    }

    /// Gives the document of a value that asks for a keyed container.
    ///
    /// Errors that the value's own `encode(to:)` throws arrive as `.refusedByValue`.
    public func encode<T: Encodable>(_ value: T) throws(BSONEncodingError) -> [UInt8] {
        let session = BSONEncodingSession(limits: limits)
        do {
            try session.writeContent(of: value, in: session.root)
        } catch {
            throw session.located(error)
        }
        return try session.finish()
    }
}
