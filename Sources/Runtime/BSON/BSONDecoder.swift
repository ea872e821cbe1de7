/// Reads `Decodable` values from BSON documents (bsonspec.org 1.1).
///
/// Integers read from every number that has exactly their value, doubles from integers they hold
/// exactly, nil from null and undefined. Of equal keys the first counts; unknown keys are skipped.
public struct BSONDecoder: Sendable {
    private let limits: BSONLimits

    /// Makes a decoder that refuses documents beyond the limits.
    public init(limits: BSONLimits = .init()) {
        self.limits = limits
    }

    /// Reads a value from exactly one document, which is validated whole before any of it is read.
    ///
    /// Throws `BSONError` for malformed bytes and `DecodingError` for a document of another form.
    public func decode<T: Decodable>(_ type: T.Type = T.self, from bytes: [UInt8]) throws -> T {
        let source = try BSONSource(validating: bytes, limits: limits)
        return try BSONStoredValue(source: source, offset: 0, type: .document).value(type)
    }

    /// Reads a value from a part of a larger buffer; positions in errors count from its start.
    public func decode<T: Decodable>(
        _ type: T.Type = T.self, from bytes: ArraySlice<UInt8>
    ) throws -> T {
        try decode(type, from: Array(bytes))
    }
}
