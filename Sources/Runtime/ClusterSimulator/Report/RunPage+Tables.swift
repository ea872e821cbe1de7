extension RunPage {
    /// Breaks around which the events are listed.
    static let tableCountMaximum = 5
    /// Events listed before a break, and after it.
    static let eventCountBefore = 60
    static let eventCountAfter = 15

    /// The events around each break as plain tables, for screen readers and for paper.
    var tables: String {
        let listed = events.indices.filter {
            events[$0].kind != .job && events[$0].kind != .start
        }
        var seen: Set<Int> = []
        let around = breaks.compactMap(\.eventIndex).filter { seen.insert($0).inserted }
        guard !around.isEmpty else {
            let last = listed.suffix(Self.eventCountBefore + Self.eventCountAfter)
            return section("The last events", [table("The last events", Array(last), nil)])
        }
        return section(
            "The events around what broke",
            around.prefix(Self.tableCountMaximum).map { index in
                let before = listed.filter { $0 < index }.suffix(Self.eventCountBefore)
                let after = listed.filter { $0 > index }.prefix(Self.eventCountAfter)
                return table(
                    "Around: \(events[index].text)", before + [index] + after, index)
            })
    }

    private func section(_ title: String, _ tables: [String]) -> String {
        """
        <section class="tables"><h2>\(title)</h2>
        \(tables.joined(separator: "\n"))
        </section>
        """
    }

    private func table(_ caption: String, _ indexes: [Int], _ center: Int?) -> String {
        let rows = indexes.map { index in
            let event = events[index]
            let life = event.incarnation > 1 ? " (life \(event.incarnation))" : ""
            let cells = [
                HTMLText.seconds(event.time), "\(event.stepCount)",
                event.node.isEmpty ? TraceLanes.runName : event.node + life, event.kind.name,
                event.text,
            ].map { "<td>\(HTMLText.escaped($0))</td>" }
            let mark = index == center ? " class=\"center\"" : event.isKept ? " class=\"kept\"" : ""
            return "<tr\(mark)>\(cells.joined())</tr>"
        }
        let heads = ["Time", "Step", "Node", "Kind", "What"].map { "<th scope=\"col\">\($0)</th>" }
        return """
            <div class="wide"><table><caption>\(HTMLText.escaped(caption))</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></div>
            """
    }
}
