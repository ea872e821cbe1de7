import Platform
import Testing

@testable import Cluster

/// The parts of the registry client that decide without asking anybody.
struct ConsulRulesTests {
    @Test(arguments: [
        (
            ConsulTarget("health", "service", "a b/c?d&e=ä"),
            "/v1/health/service/a%20b%2Fc%3Fd%26e%3D%C3%A4"
        ),
        (
            ConsulTarget("agent", "check", "pass", "service:a-1_2.~"),
            "/v1/agent/check/pass/service:a-1_2.~"
        ),
        (ConsulTarget("kv").with("stale").with("x", "1/2"), "/v1/kv?stale&x=1%2F2"),
        (ConsulTarget("kv").blocking(since: nil, wait: .seconds(9)), "/v1/kv"),
        (ConsulTarget("kv").blocking(since: 7, wait: .seconds(9)), "/v1/kv?index=7&wait=9000ms"),
        (ConsulTarget("kv").blocking(since: 7, wait: .zero), "/v1/kv?index=7&wait=1ms"),
    ])
    func `a target is percent encoded`(target: ConsulTarget, text: String) {
        #expect(target.text == text)
    }

    private func check(
        _ id: String, service: String = "a", index: UInt64 = 1, tags: [String]? = ["mine"],
        status: String = "critical"
    ) -> ConsulCheckRow {
        ConsulCheckRow(
            node: "n", checkID: id, status: status, serviceID: service, serviceName: "s",
            serviceTags: tags, createIndex: 1, modifyIndex: index)
    }

    private func due(
        _ record: inout CriticalRecord, _ seconds: Int64
    ) -> [String] {
        record.takeDue(now: .seconds(seconds)).map(\.checkID)
    }

    @Test func `a check is acted on when it was critical long enough`() {
        var record = CriticalRecord(tag: "mine", patience: .seconds(20))
        record.note([check("service:a")], now: .seconds(1))
        #expect(record.nextDue == .seconds(21))
        #expect(due(&record, 20) == [])
        #expect(due(&record, 21) == ["service:a"])
        #expect(due(&record, 22) == [], "it is given time to take effect")
        #expect(due(&record, 23) == ["service:a"])
        record.note([], now: .seconds(24))
        #expect(record.nextDue == nil)
    }

    @Test func `another stay in the critical state counts anew`() {
        var record = CriticalRecord(tag: "mine", patience: .seconds(20))
        record.note([check("service:a", index: 1)], now: .seconds(1))
        record.note([check("service:a", index: 3)], now: .seconds(20))
        #expect(due(&record, 39) == [])
        #expect(due(&record, 40) == ["service:a"])
    }

    @Test func `one look without the check ends its stay`() {
        var record = CriticalRecord(tag: "mine", patience: .seconds(20))
        record.note([check("service:a")], now: .seconds(1))
        record.note([], now: .seconds(10))
        record.note([check("service:a")], now: .seconds(11))
        #expect(due(&record, 30) == [])
        #expect(due(&record, 31) == ["service:a"])
    }

    @Test(
        arguments: [
            ("service:a", "a", ["mine"], true), ("service:a", "a", ["other", "mine"], true),
            ("service:a", "a", ["other"], false), ("service:a", "a", nil, false),
            ("service:a:http", "a", ["mine"], false), ("service:b", "a", ["mine"], false),
            ("serfHealth", "", [], true), ("_node_maintenance", "", [], false),
        ] as [(String, String, [String]?, Bool)])
    func `only an instance's own word and its agent's life count`(
        id: String, service: String, tags: [String]?, counts: Bool
    ) {
        var record = CriticalRecord(tag: "mine", patience: .zero)
        record.note([check(id, service: service, tags: tags)], now: .zero)
        #expect(due(&record, 0).isEmpty != counts)
    }

    private func entries(_ id: String, isFinal: Bool = true) -> ConsulSurvey.Entries {
        let row = ConsulServiceRow(
            id: id, service: "s", tags: ["mine"], meta: ["agent": "g", "address": "h:1"])
        return .init(rows: [row, row], isFinal: isFinal)
    }

    @Test func `a service is asked for again when a sign of it changes`() {
        let node = check("serfHealth", service: "", tags: [], status: "passing")
        var first = ConsulSurvey([node, check("service:a")], tag: "mine", known: ConsulSurvey())
        #expect(first.changedServices == ["s"])
        first.take(entries("a"), of: "s")
        #expect(first.instances.map(\.id) == ["a"], "each once")
        let same = ConsulSurvey([check("service:a"), node], tag: "mine", known: first)
        #expect(same.changedServices == [])
        #expect(same.instances == first.instances)
        for rows in [
            [check("service:a")], [node, check("service:a", status: "passing")],
            [node, check("service:a"), check("x", service: "", tags: [])],
            [node, check("service:a"), check("service:b", service: "b")],
        ] {
            #expect(ConsulSurvey(rows, tag: "mine", known: first).changedServices == ["s"])
        }
        let gone = ConsulSurvey([node], tag: "mine", known: first)
        #expect(gone.changedServices == [] && gone.instances == [])
    }

    @Test func `an answer that may be older than the checks is asked for again`() {
        var first = ConsulSurvey([check("service:a")], tag: "mine", known: ConsulSurvey())
        first.take(entries("a", isFinal: false), of: "s")
        #expect(first.instances.map(\.id) == ["a"])
        let same = ConsulSurvey([check("service:a")], tag: "mine", known: first)
        #expect(same.changedServices == ["s"])
    }
}
