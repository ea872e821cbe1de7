import Cluster
import ClusterSimulator
import Platform
import Testing

/// How queries wait for changes, as in Consul 1.8.7.
struct ConsulBlockingTests {
    /// A desk with a passing instance `b1` of the service `b`.
    private func withService(
        seed: UInt64 = 1, agents: [String] = ["agent"],
        _ body: @escaping @Sendable (Desk) async throws -> Void
    ) throws {
        try atDesk(seed: seed, agents: agents) { desk in
            try await desk.register("b1", "b")
            try await body(desk)
        }
    }

    private func index(_ desk: Desk, _ target: String = "health/service/b") async throws -> UInt64 {
        try await desk.get(target).index
    }

    /// What a query that is blocked meanwhile sees of a change: the time until it woke, and its
    /// answer; nil when it did not wake in ten seconds.
    private func wake(
        _ desk: Desk, _ target: String, _ change: () async throws -> Void
    ) async throws -> (delay: Duration, answer: HTTPResponseMessage)? {
        let index = try await index(desk, target)
        let sign = target.contains("?") ? "&" : "?"
        let box = desk.blocked("\(target)\(sign)index=\(index)&wait=10s")
        try await desk.rest(.milliseconds(500))
        #expect(box.value == nil)
        let begin = desk.now
        try await change()
        try await desk.rest(.seconds(9))
        return box.value.map { ($0.moment - begin, $0.answer) }
    }

    @Test func `a change wakes a query at once`() throws {
        try withService { desk in
            let target = "health/service/b?passing"
            let failed = try await wake(desk, target) {
                try await desk.put("agent/check/fail/service:b1")
            }
            #expect(try #require(failed).delay < .milliseconds(8))
            #expect(failed?.answer.text == "[]")
            let passed = try await wake(desk, target) {
                try await desk.put("agent/check/pass/service:b1")
            }
            #expect(try #require(passed).delay < .milliseconds(8))
            let second = try await wake(desk, target) { try await desk.register("b2", "b") }
            #expect(try #require(second).delay < .milliseconds(8))
            let third = try await wake(desk, target) {
                try await desk.put("agent/service/deregister/b2")
            }
            #expect(try #require(third).delay < .milliseconds(8))
        }
    }

    @Test func `other services, keys and notes do not wake a query`() throws {
        try withService { desk in
            let target = "health/service/b?passing"
            let other = try await wake(desk, target) { try await desk.register("o1", "other") }
            #expect(other == nil)
            let key = try await wake(desk, target) { try await desk.put("kv/k", "v") }
            #expect(key == nil)
            let note = try await wake(desk, target) {
                try await desk.put("agent/check/pass/service:b1?note=changed")
            }
            #expect(note == nil)
        }
    }

    @Test func `a node's check wakes the queries of its services`() throws {
        try withService(agents: ["agent", "other"]) { desk in
            try await desk.register("b2", "b", at: "other")
            let woken = try await wake(desk, "health/service/b?passing") {
                desk.consul.killAgent("other")
            }
            #expect(try #require(woken).delay > .seconds(6))
        }
    }

    @Test(arguments: [1, 2, 10] as [Int64], 1...3 as ClosedRange<UInt64>)
    func `a query ends after its wait and up to a sixteenth`(wait: Int64, seed: UInt64) throws {
        try withService(seed: seed) { desk in
            let index = try await index(desk)
            let begin = desk.now
            let answer = try await desk.get("health/service/b?index=\(index)&wait=\(wait)s")
            let delay = desk.now - begin
            #expect(delay >= .seconds(wait))
            #expect(delay <= .seconds(wait) + .seconds(wait) / 16 + .milliseconds(6))
            #expect(answer.index == index)
        }
    }

    @Test func `a service never registered answers with the global index`() throws {
        try withService { desk in
            let never = try await index(desk, "health/service/never")
            let checks = try await index(desk, "health/state/any")
            #expect(never == checks)
            let woken = try await wake(desk, "health/service/never") {
                try await desk.register("o1", "other")
            }
            #expect(try #require(woken).answer.text == "[]")
            let born = try await wake(desk, "health/service/never") {
                try await desk.register("n1", "never")
            }
            #expect(born != nil)
        }
    }

    @Test func `once a service has vanished, only that wakes who waits for one not there`()
        throws
    {
        try withService { desk in
            let target = "health/service/never"
            try await desk.register("o1", "other")
            let vanished = try await wake(desk, target) {
                try await desk.put("agent/service/deregister/o1")
            }
            #expect(try #require(vanished).answer.text == "[]")
            let registered = try await wake(desk, target) {
                try await desk.register("o1", "other")
            }
            #expect(registered == nil)
            let passed = try await wake(desk, target) {
                try await desk.put("agent/check/fail/service:o1")
            }
            #expect(passed == nil)
        }
    }

    @Test func `a future index blocks and then returns the lower one`() throws {
        try withService { desk in
            let index = try await index(desk)
            let begin = desk.now
            let answer = try await desk.get("health/service/b?index=\(index + 100_000)&wait=2s")
            #expect(desk.now - begin >= .seconds(2))
            #expect(answer.index == index)
        }
    }

    @Test(arguments: [
        ("index=0&wait=5s", 200, ""), ("index=1", 200, ""), ("wait=5s", 200, ""),
        ("index=-1&wait=5s", 400, "Invalid index"), ("index=abc", 400, "Invalid index"),
        ("index=1&wait=abc", 400, "Invalid wait time"),
        ("index=1&wait=3", 400, "Invalid wait time"),
        (
            "stale&consistent", 400,
            "Cannot specify ?stale with ?consistent, conflicting semantics."
        ),
    ])
    func `odd parameters are answered at once`(query: String, status: Int, text: String) throws {
        try withService { desk in
            let begin = desk.now
            let answer = try await desk.get("health/service/b?\(query)")
            #expect(desk.now - begin < .milliseconds(6))
            #expect(answer.status == status)
            if status != 200 {
                #expect(answer.text == text)
                #expect(answer.headers["x-consul-index"] == nil)
            }
        }
    }

    @Test(arguments: [("", "leader"), ("?stale", "stale"), ("?consistent", "consistent")])
    func `an answer says how consistent it is`(query: String, mode: String) throws {
        try withService { desk in
            let headers = try await desk.get("health/service/b\(query)").headers
            #expect(headers["x-consul-effective-consistency"] == mode)
            #expect(headers["x-consul-knownleader"] == "true")
            #expect(headers["x-consul-lastcontact"] == "0")
        }
    }

    @Test func `any check wakes those who wait for all checks`() throws {
        try withService { desk in
            let any = try await wake(desk, "health/state/any?stale") {
                try await desk.register("o1", "other", status: nil)
            }
            #expect(try #require(any).delay < .milliseconds(20))
            #expect(any?.answer.text.contains("service:o1") == true)
            let critical = try await wake(desk, "health/state/critical") {
                try await desk.register("o2", "other")
            }
            #expect(critical == nil)
            let failed = try await wake(desk, "health/state/critical") {
                try await desk.put("agent/check/fail/service:o2")
            }
            #expect(failed != nil)
        }
    }

    @Test func `the two hundred and first connection of a client is reset`() throws {
        try withService { desk in
            let node = desk.simulation.makeNode("crowd")
            for _ in 0..<200 {
                node.start("query") {
                    do {
                        _ = try await desk.consul.exchange(for: node).exchange(
                            .init(.get, at: "agent", "/v1/health/service/b?index=900&wait=20s"),
                            timeout: .seconds(60))
                    } catch { return }
                }
            }
            try await desk.rest(.seconds(1))
            let refused = try await node.perform {
                do throws(TransportError) {
                    _ = try await desk.consul.exchange(for: node).exchange(
                        .init(.get, at: "agent", "/v1/agent/self"), timeout: .seconds(60))
                    return TransportError?.none
                } catch { return error }
            }
            #expect(refused == .broken)
            let other = try await desk.get("agent/self").status
            #expect(other == 200, "another client has its own limit")
            node.crash()
            try await desk.rest(.milliseconds(10))
            let again = desk.simulation.makeNode("crowd")
            let status = try await again.perform {
                try await desk.consul.exchange(for: again).exchange(
                    .init(.get, at: "agent", "/v1/agent/self"), timeout: .seconds(60)
                ).status
            }
            #expect(status == 200, "a process that ended has no connections")
        }
    }

    @Test func `keys wake who waits for them and no other`() throws {
        try withService { desk in
            let missing = try await desk.get("kv/k")
            #expect(missing.status == 404)
            let created = try await wake(desk, "kv/k") { try await desk.put("kv/k", "v") }
            #expect(created != nil)
            let other = try await wake(desk, "kv/k") { try await desk.put("kv/other", "v") }
            #expect(other == nil)
            let same = try await wake(desk, "kv/k") { try await desk.put("kv/k", "v") }
            #expect(same == nil)
            let deleted = try await wake(desk, "kv/k") { _ = try await desk.ask(.delete, "kv/k") }
            #expect(deleted?.answer.status == 404)
        }
    }
}
