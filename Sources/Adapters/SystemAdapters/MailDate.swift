import Platform

/// A moment in the form of RFC 5322, 3.3, in UTC.
struct MailDate {
    /// The date's text.
    let text: String

    init(_ moment: Instant) {
        let seconds = Self.floorDivide(moment.millisecondsSince1970, by: 1000)
        let days = Self.floorDivide(seconds.quotient, by: 86_400)
        let (year, month, day) = Self.civil(daysSince1970: days.quotient)
        let weekday = Self.floorDivide(days.quotient + 4, by: 7).remainder
        let time = [days.remainder / 3600, days.remainder / 60 % 60, days.remainder % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        let yearText = String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
        text =
            "\(Self.weekdays[Int(weekday)]), \(day) \(Self.months[Int(month) - 1]) "
            + "\(yearText) \(time) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func floorDivide(
        _ value: Int64, by divisor: Int64
    ) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The Gregorian date of a day, by Howard Hinnant's `civil_from_days`: years begin in March
    /// and are counted in eras of 400.
    private static func civil(
        daysSince1970 days: Int64
    ) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(days + 719_468, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
