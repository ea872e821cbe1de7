extension RunPage {
    /// Something that speaks against a run, and the event at which it was seen.
    struct Break {
        let name: String
        let detail: String
        let place: String
        /// Where it stands among the events that are shown; nil when it was seen after them.
        let eventIndex: Int?
    }

    /// What speaks against the run: first violations in their order, then ways out.
    var breaks: [Break] {
        var indexes = events.indices.filter { events[$0].kind == .violation }[...]
        let violations = report.violations.map { violation in
            let text = TraceEvent.text(of: violation)
            let found = indexes.firstIndex { events[$0].text == text }
            let index = found.map { indexes[$0] }
            if let found { indexes = indexes[(found + 1)...] }
            return Break(
                name: violation.invariant, detail: violation.detail,
                place: Self.words(violation.place), eventIndex: index)
        }
        let ways = events.indices.filter { events[$0].kind == .escape }
        let escapes = report.escapes.enumerated().map { number, escape in
            Break(
                name: "escape \(escape.kind)", detail: "in task \(escape.task)",
                place: Self.words(escape.place),
                eventIndex: number < ways.count ? ways[number] : nil)
        }
        return violations + escapes
    }

    private static func words(_ place: Place) -> String {
        let time = place.time.map(HTMLText.seconds) ?? "unknown time"
        return "at \(time), step \(place.stepCount)"
            + (place.node.isEmpty ? "" : ", on \(place.node)")
    }
}

extension TraceEvent {
    /// What the event of a violation says.
    static func text(of violation: Violation) -> String {
        "\(violation.invariant): \(violation.detail)"
    }
}
