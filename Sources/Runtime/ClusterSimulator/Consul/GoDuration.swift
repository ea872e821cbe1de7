/// Durations as Go writes them: `1h2m3.5s`, `300ms`.
enum GoDuration {
    private static let units: [(name: String, value: Duration)] = [
        ("ns", .nanoseconds(1)), ("us", .microseconds(1)), ("ms", .milliseconds(1)),
        ("s", .seconds(1)), ("m", .seconds(60)), ("h", .seconds(3600)),
    ]

    /// The duration that a text names; nil when it names none.
    static func parse(_ text: String) -> Duration? {
        var rest = Substring(text)
        var sum = Duration.zero
        guard !rest.isEmpty else { return nil }
        if rest == "0" { return .zero }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isNumber || $0 == "." }
            let name = rest.dropFirst(number.count).prefix { $0.isLetter }
            guard let value = Double(number), value < 1e6,
                let unit = units.first(where: { $0.name == name })
            else { return nil }
            sum += unit.value * value
            rest = rest.dropFirst(number.count + name.count)
        }
        return sum
    }
}
