import FoundationEssentials

/// A moment of the calendar, to the millisecond.
///
/// It is written as ISO 8601 in UTC (`2026-11-22T13:59:47.125Z`) wherever it is encoded: people
/// can read it in a trace, and its text sorts as time does for the years 0 to 9999.
public struct Instant: Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
    public let millisecondsSince1970: Int64

    /// The earliest and latest moments that have a four-digit year.
    public static let representable: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// A moment by its POSIX time in milliseconds, held within ``representable``.
    public init(millisecondsSince1970 value: Int64) {
        let range = Self.representable
        millisecondsSince1970 = min(max(value, range.lowerBound), range.upperBound)
    }

    /// This moment and `duration` more (or less).
    public static func + (instant: Self, duration: Duration) -> Self {
        Self(millisecondsSince1970: instant.millisecondsSince1970 + duration.milliseconds)
    }

    /// This moment and `duration` less (or more).
    public static func - (instant: Self, duration: Duration) -> Self {
        Self(millisecondsSince1970: instant.millisecondsSince1970 - duration.milliseconds)
    }

    /// The time from `earlier` to `later`.
    public static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.millisecondsSince1970 - earlier.millisecondsSince1970)
    }
}

extension Instant: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }
}

extension Instant: LosslessStringConvertible {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Reads ISO 8601 with a date, a time, an optional fraction and a zone.
    public init?(_ description: String) {
        guard description.utf8.count <= 40 else { return nil }
        let whole = Date.ISO8601FormatStyle()
        guard let date = (try? Self.style.parse(description)) ?? (try? whole.parse(description))
        else { return nil }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        guard let value = Int64(exactly: milliseconds), Self.representable.contains(value)
        else { return nil }
        self.init(millisecondsSince1970: value)
    }

    /// The moment in ISO 8601, UTC, with milliseconds.
    public var description: String {
        Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1000).formatted(Self.style)
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an ISO 8601 moment with a time zone")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
