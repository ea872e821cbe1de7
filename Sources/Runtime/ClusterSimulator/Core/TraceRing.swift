/// The events of a run that are kept: the last ones, and every fault, violation and escape.
///
/// A run breaks near its end, so the first events are those that can be done without. Both parts
/// have a limit, so that no run fills the memory.
struct TraceRing {
    private var ordinary: [TraceEvent] = []
    private var kept: [TraceEvent] = []
    /// Where the oldest event of a full part stands.
    private var firstOrdinary = 0
    private var firstKept = 0
    /// The number of all events that were added.
    private(set) var count = 0

    /// Adds an event; each part holds at most `countMaximum`, the same number at each call.
    mutating func add(_ event: TraceEvent, keeping countMaximum: Int) {
        precondition(countMaximum >= 1, "a trace keeps at least one event")
        count += 1
        if event.isKept {
            Self.add(event, to: &kept, first: &firstKept, countMaximum)
        } else {
            Self.add(event, to: &ordinary, first: &firstOrdinary, countMaximum)
        }
    }

    /// What is kept, in the order of the run.
    var events: [TraceEvent] {
        let ordinary = self.ordinary[firstOrdinary...] + self.ordinary[..<firstOrdinary]
        let kept = self.kept[firstKept...] + self.kept[..<firstKept]
        var merged: [TraceEvent] = []
        merged.reserveCapacity(ordinary.count + kept.count)
        var next = ordinary.startIndex
        for event in kept {
            while next < ordinary.endIndex, ordinary[next].ordinal < event.ordinal {
                merged.append(ordinary[next])
                next += 1
            }
            merged.append(event)
        }
        return merged + ordinary[next...]
    }

    private static func add(
        _ event: TraceEvent, to events: inout [TraceEvent], first: inout Int, _ maximum: Int
    ) {
        guard events.count == maximum else { return events.append(event) }
        events[first] = event
        first = (first + 1) % maximum
    }
}
