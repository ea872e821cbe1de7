import Platform
import Testing

@testable import ClusterSimulator

struct TraceLanesTests {
    /// Events on nodes, one a millisecond, in the conditions that are given.
    private func events(_ rows: [(node: String, life: Int, detail: TraceEvent.Detail)])
        -> [TraceEvent]
    {
        rows.enumerated().map { index, row in
            TraceEvent(
                ordinal: index, stepCount: index, time: .milliseconds(index), node: row.node,
                incarnation: row.life, lane: nil, kind: .note, text: "", detail: row.detail)
        }
    }

    private func departure(_ flow: TraceTravel.Flow, to peer: String) -> TraceEvent.Detail {
        .travel(TraceTravel(number: 1, call: 1, flow: flow, moment: .departure, peer: peer))
    }

    private func bands(
        _ rows: [(node: String, life: Int, detail: TraceEvent.Detail)]
    ) -> [String] {
        let events = events(rows)
        let lanes = TraceLanes(events)
        return TraceBands(events, lanes).bands.map {
            "\(lanes.lanes[$0.lane].name) \($0.kind) \($0.from)-\($0.to) "
                + "\($0.begin.milliseconds)-\($0.end.milliseconds)"
        }
    }

    @Test func `lanes stand as the run, clients, services, servers, each by name and number`() {
        let lanes = TraceLanes(
            events([
                ("draft-10", 1, departure(.write, to: "store")),
                ("author-2", 1, departure(.request, to: "draft-10")),
                ("author-10", 1, departure(.request, to: "draft-9")), ("", 0, .none),
                ("draft-10", 1, departure(.answer, to: "author-2")),
            ]))
        #expect(
            lanes.lanes.map { "\($0.role) \($0.name)" } == [
                "run world", "client author-2", "client author-10", "service draft-9",
                "service draft-10", "server store",
            ])
        #expect(lanes.index(of: "") == 0)
        #expect(lanes.index(of: "nobody") == nil)
    }

    @Test func `a crash lasts until the next life, whatever still arrives for the last one`() {
        #expect(
            bands([
                ("a", 1, .none), ("a", 1, .condition(.crashed)), ("a", 1, .none), ("b", 1, .none),
                ("a", 2, .none),
            ]) == ["a crashed 1-4 1-4"])
    }

    @Test func `a pause ends at its moment, a crash ends it before`() {
        let pause = TraceEvent.Detail.condition(.paused(until: .milliseconds(2)))
        #expect(
            bands([("a", 1, pause), ("b", 1, .none), ("b", 1, .none), ("b", 1, .none)]) == [
                "a paused 0-2 0-2"
            ])
        #expect(
            bands([("a", 1, pause), ("a", 1, .condition(.crashed))]).contains("a paused 0-1 0-1"))
    }

    @Test func `a cut is drawn where fewer are, until it is joined`() {
        let cut = TraceCondition.cut(senders: ["a", "b"], receivers: ["c"])
        let nodes = ["a", "b", "c"].map { (node: $0, life: 1, detail: TraceEvent.Detail.none) }
        #expect(
            bands(nodes + [("", 0, .condition(cut)), ("", 0, .condition(.joined))]) == [
                "c cut 3-4 3-4"
            ])
    }

    @Test func `a server that is away comes back by itself or when it is healed`() {
        let away = TraceEvent.Detail.condition(.away(until: .seconds(9)))
        #expect(bands([("s", 0, away), ("b", 1, .none)]) == ["s away 0-2 0-1"])
        #expect(
            bands([("s", 0, away), ("s", 0, .condition(.back)), ("b", 1, .none)]) == [
                "s away 0-1 0-1"
            ])
    }
}
