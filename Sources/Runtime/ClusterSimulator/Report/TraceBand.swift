import Platform

/// A condition of a lane that lasts from one event to another.
struct TraceBand: Hashable {
    /// What the lane is in.
    enum Kind: String {
        case crashed, paused, away, cut
    }

    let lane: Int
    let kind: Kind
    /// The index of the event with which it begins.
    let from: Int
    /// The index of the first event after it.
    let to: Int
    let begin: Duration
    let end: Duration
}

/// Finds the bands of a trace, event by event.
struct TraceBands {
    private struct Unfinished {
        let lane: Int
        let kind: TraceBand.Kind
        let from: Int
        let begin: Duration
        /// The moment at which it ends by itself; nil when an event ends it.
        var until: Duration?
        /// The life that ended; the next one ends the band.
        let life: Int
    }

    private(set) var bands: [TraceBand] = []
    private let lanes: TraceLanes
    private var unfinished: [Unfinished] = []

    init(_ events: [TraceEvent], _ lanes: TraceLanes) {
        self.lanes = lanes
        for (index, event) in events.enumerated() { add(event, index) }
        let end = events.last?.time ?? .zero
        close(events.count, end) { _ in true }
        bands.sort { ($0.from, $0.lane) < ($1.from, $1.lane) }
    }

    private mutating func add(_ event: TraceEvent, _ index: Int) {
        close(index, event.time) { band in band.until.map { $0 <= event.time } ?? false }
        guard let lane = lanes.index(of: event.node) else { return }
        close(index, event.time) { band in
            band.kind == .crashed && band.lane == lane && band.life < event.incarnation
        }
        guard case .condition(let condition) = event.detail else { return }
        switch condition {
        case .crashed:
            close(index, event.time) { $0.lane == lane && $0.kind == .paused }
            begin(.crashed, lane, event, index)
        case .paused(let until): begin(.paused, lane, event, index, until: until)
        case .away(let until): begin(.away, lane, event, index, until: until)
        case .back: close(index, event.time) { $0.lane == lane && $0.kind == .away }
        case .cut(let senders, let receivers):
            // The fewer are those that were cut off from the others.
            for name in senders.count <= receivers.count ? senders : receivers {
                guard let lane = lanes.index(of: name) else { continue }
                begin(.cut, lane, event, index)
            }
        case .joined: close(index, event.time) { $0.kind == .cut }
        }
    }

    private mutating func begin(
        _ kind: TraceBand.Kind, _ lane: Int, _ event: TraceEvent, _ index: Int,
        until: Duration? = nil
    ) {
        if let known = unfinished.firstIndex(where: { $0.lane == lane && $0.kind == kind }) {
            unfinished[known].until = until
            return
        }
        unfinished.append(
            Unfinished(
                lane: lane, kind: kind, from: index, begin: event.time, until: until,
                life: event.incarnation))
    }

    private mutating func close(_ index: Int, _ now: Duration, where isOver: (Unfinished) -> Bool) {
        for band in unfinished where isOver(band) {
            bands.append(
                TraceBand(
                    lane: band.lane, kind: band.kind, from: band.from, to: index,
                    begin: band.begin, end: min(now, band.until ?? now)))
        }
        unfinished.removeAll(where: isOver)
    }
}
