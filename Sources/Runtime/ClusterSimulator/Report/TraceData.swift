import Platform

/// A trace as the compact JSON that the page's script reads: columns of numbers, each text once.
struct TraceData {
    private let events: [TraceEvent]
    private let lanes: TraceLanes

    init(_ events: [TraceEvent]) {
        self.events = events
        lanes = TraceLanes(events)
    }

    var json: String {
        var texts = TextTable()
        var kinds = TextTable()
        let textColumn = events.map { texts.index(of: $0.text) }
        let kindColumn = events.map { kinds.index(of: $0.kind.name) }
        let entries = [
            ("strings", texts.json), ("kinds", kinds.json), ("lanes", lanesJSON),
            ("flows", Self.list(TraceTravel.Flow.allCases.map { HTMLText.json($0.rawValue) })),
            ("moments", Self.list(TraceTravel.Moment.allCases.map { HTMLText.json($0.rawValue) })),
            ("t", Self.deltas(events.map { Int($0.time.nanoseconds) })),
            ("s", Self.deltas(events.map(\.stepCount))),
            ("l", Self.list(events.map { lanes.index(of: $0.node) ?? 0 })),
            ("i", Self.list(events.map(\.incarnation))),
            ("k", Self.list(kindColumn)), ("x", Self.list(textColumn)),
            ("travels", travelsJSON), ("bands", bandsJSON), ("alive", aliveJSON),
            ("gaps", gapsJSON),
        ]
        return "{" + entries.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private var lanesJSON: String {
        Self.list(lanes.lanes.map { "[\(HTMLText.json($0.name)),\"\($0.role.rawValue)\"]" })
    }

    private var travelsJSON: String {
        let flows = TraceTravel.Flow.allCases
        let moments = TraceTravel.Moment.allCases
        var indexes: [Int] = []
        var travels: [TraceTravel] = []
        for (index, event) in events.enumerated() {
            guard case .travel(let travel) = event.detail else { continue }
            indexes.append(index)
            travels.append(travel)
        }
        let columns = [
            ("e", Self.deltas(indexes)), ("n", Self.list(travels.map(\.number))),
            ("c", Self.list(travels.map(\.call))),
            ("f", Self.list(travels.map { flows.firstIndex(of: $0.flow) ?? 0 })),
            ("m", Self.list(travels.map { moments.firstIndex(of: $0.moment) ?? 0 })),
            ("p", Self.list(travels.map { lanes.index(of: $0.peer) ?? 0 })),
        ]
        return "{" + columns.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private var bandsJSON: String {
        Self.list(
            TraceBands(events, lanes).bands.map { band in
                "{\"lane\":\(band.lane),\"kind\":\"\(band.kind.rawValue)\",\"from\":\(band.from),"
                    + "\"to\":\(band.to),\"begin\":\(band.begin.nanoseconds),"
                    + "\"end\":\(band.end.nanoseconds)}"
            })
    }

    /// Where each lane's line is drawn: from its first event, without the times after a crash.
    private var aliveJSON: String {
        let down = TraceBands(events, lanes).bands.filter { $0.kind == .crashed }
        var starts: [Int: Int] = [:]
        for (index, event) in events.enumerated() {
            guard let lane = lanes.index(of: event.node), starts[lane] == nil else { continue }
            starts[lane] = index
        }
        var segments: [String] = []
        for lane in lanes.lanes.indices {
            guard var from = starts[lane] else { continue }
            for to in down.filter({ $0.lane == lane }) + [nil] {
                let end = to?.from ?? events.count
                segments.append("{\"lane\":\(lane),\"from\":\(from),\"to\":\(end)}")
                from = to?.to ?? end
                if from == events.count { break }
            }
        }
        return Self.list(segments)
    }

    /// Before which events others were left out, and how many.
    private var gapsJSON: String {
        var next = 0
        var gaps: [String] = []
        for (index, event) in events.enumerated() {
            if event.ordinal > next { gaps.append("[\(index),\(event.ordinal - next)]") }
            next = event.ordinal + 1
        }
        return Self.list(gaps)
    }

    private static func list(_ items: [Int]) -> String { list(items.map(String.init)) }

    private static func list(_ items: [String]) -> String {
        "[" + items.joined(separator: ",") + "]"
    }

    private static func deltas(_ values: [Int]) -> String {
        var last = 0
        return list(
            values.map { value in
                defer { last = value }
                return value - last
            })
    }
}
