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

    /// More than lies between any two moments.
    private static let span = Duration.seconds(1 << 40)

    /// This moment and `duration` more (or less).
    public static func + (instant: Self, duration: Duration) -> Self {
        let held = min(max(duration, .zero - span), span)
        return Self(millisecondsSince1970: instant.millisecondsSince1970 + held.milliseconds)
    }

    /// This moment and `duration` less (or more).
    public static func - (instant: Self, duration: Duration) -> Self {
        instant + (.zero - duration)
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
