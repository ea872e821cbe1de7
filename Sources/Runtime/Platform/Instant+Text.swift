extension Instant: LosslessStringConvertible {
    /// The longest text that is read, in bytes.
    static let textByteCountMaximum = 40

    /// Reads ISO 8601 as RFC 3339 section 5.6 narrows it: a date, `T`, a time, an optional
    /// fraction, and `Z` or an offset such as `+01:00`.
    ///
    /// A fraction finer than a millisecond is rounded; leap seconds are not read.
    public init?(_ description: String) {
        guard description.utf8.count <= Self.textByteCountMaximum else { return nil }
        var text = Scanner(rest: Array(description.utf8)[...])
        guard let year = text.number(4, in: 0...9999), text.take("-"),
            let month = text.number(2, in: 1...12), text.take("-"),
            let day = text.number(2, in: 1...CivilDate.dayCount(month: month, of: year)),
            text.take("T"), let hour = text.number(2, in: 0...23), text.take(":"),
            let minute = text.number(2, in: 0...59), text.take(":"),
            let second = text.number(2, in: 0...59),
            let milliseconds = text.take(".") ? text.fraction() : 0,
            let offset = text.offset(), text.rest.isEmpty
        else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSince1970
        let minutes = (days * 24 + hour) * 60 + minute - offset
        let value = Int64((minutes * 60 + second) * 1000 + milliseconds)
        guard Self.representable.contains(value) else { return nil }
        self.init(millisecondsSince1970: value)
    }

    /// The moment in ISO 8601, UTC, with milliseconds.
    public var description: String {
        let (days, millisecond) = Int(millisecondsSince1970).flooredQuotient(by: 86_400_000)
        let date = CivilDate(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func append(_ number: Int, _ digitCount: Int, then mark: Unicode.Scalar) {
            var divisor = [1, 1, 10, 100, 1000][digitCount]
            while divisor > 0 {
                text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
                divisor /= 10
            }
            text.append(UInt8(ascii: mark))
        }
        append(date.year, 4, then: "-")
        append(date.month, 2, then: "-")
        append(date.day, 2, then: "T")
        append(millisecond / 3_600_000, 2, then: ":")
        append(millisecond / 60_000 % 60, 2, then: ":")
        append(millisecond / 1000 % 60, 2, then: ".")
        append(millisecond % 1000, 3, then: "Z")
        return String(decoding: text, as: UTF8.self)
    }
}

/// Reads a moment's text from its front.
private struct Scanner {
    var rest: ArraySlice<UInt8>

    /// Takes a mark, when it is the next.
    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    /// Takes so many digits, when they are a number in `range`.
    mutating func number(_ digitCount: Int, in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(digitCount)
        guard digits.count == digitCount, digits.allSatisfy(Self.isDigit) else { return nil }
        rest.removeFirst(digitCount)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return range.contains(value) ? value : nil
    }

    /// Takes the digits of a fraction of a second, in milliseconds.
    mutating func fraction() -> Int? {
        let digits = rest.prefix(while: Self.isDigit)
        guard !digits.isEmpty else { return nil }
        rest.removeFirst(digits.count)
        let values = (digits.prefix(4).map { Int($0 - UInt8(ascii: "0")) } + [0, 0, 0]).prefix(4)
        return (values.reduce(0) { $0 * 10 + $1 } + 5) / 10
    }

    /// Takes a zone, in minutes to the east.
    mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(2, in: 0...23), take(":"),
            let minutes = number(2, in: 0...59)
        else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
