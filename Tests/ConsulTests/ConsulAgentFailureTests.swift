import Cluster
import ClusterSimulator
import Platform
import Testing

/// What happens when agents of Consul fail, as was observed of Consul 1.8.7.
struct ConsulAgentFailureTests {
    private static let agents = ["agent", "other"]

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a killed agent's services stop passing after 6.8 seconds`(seed: UInt64) throws {
        try atDesk(seed: seed, agents: Self.agents) { desk async throws in
            try await desk.register("b1", "b", at: "other")
            desk.consul.killAgent("other")
            let delay = try await desk.wait(atMost: .seconds(20)) {
                try await desk.passing("b") == []
            }
            #expect(delay > .milliseconds(6690) && delay < .milliseconds(6820), "\(delay)")
            let checks = try await desk.get("health/service/b").text
            #expect(checks.contains("Agent not live or unreachable"))
            #expect(try await desk.checks("b") == ["service:b1": "passing"], "which nobody updates")
        }
    }

    @Test func `an agent that starts again on its disk restores its services`() throws {
        try atDesk(agents: Self.agents) { desk async throws in
            try await desk.register("b1", "b", at: "other")
            desk.consul.killAgent("other")
            try await desk.rest(.seconds(10))
            desk.consul.restartAgent("other")
            let delay = try await desk.wait(atMost: .seconds(20)) {
                try await desk.passing("b") == ["b1"]
            }
            #expect(delay < .seconds(4))
            #expect(try await desk.put("agent/check/pass/service:b1", at: "other").status == 200)
        }
    }

    @Test func `an agent whose time ran out on its disk restores its services critical`() throws {
        try atDesk(agents: Self.agents) { desk async throws in
            try await desk.register("b1", "b", timeToLive: "6s", at: "other")
            desk.consul.killAgent("other")
            try await desk.rest(.seconds(10))
            desk.consul.restartAgent("other")
            try await desk.rest(.seconds(5))
            #expect(try await desk.checks("b") == ["service:b1": "critical"])
        }
    }

    @Test func `an agent that forgot removes its services from the catalogue`() throws {
        try atDesk(agents: Self.agents) { desk async throws in
            try await desk.register("b1", "b", at: "other")
            desk.consul.killAgent("other")
            try await desk.rest(.seconds(10))
            desk.consul.restartAgent("other", forgetting: true)
            try await desk.rest(.seconds(5))
            #expect(try await desk.checks("b") == [:])
            #expect(try await desk.put("agent/check/pass/service:b1", at: "other").status == 500)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `what is removed from the catalogue by hand comes back`(seed: UInt64) throws {
        try atDesk(seed: seed, agents: Self.agents) { desk async throws in
            try await desk.register("b1", "b", at: "other")
            desk.consul.removeFromCatalogue(instance: "b1")
            #expect(try await desk.passing("b") == [])
            let delay = try await desk.wait(atMost: .seconds(200), step: .milliseconds(100)) {
                try await desk.passing("b") == ["b1"]
            }
            #expect(delay < .seconds(121))
            try await desk.put(
                "catalog/deregister", #"{"Node": "other", "ServiceID": "b1"}"#)
            #expect(try await desk.passing("b") == [])
        }
    }

    @Test func `the entry of a dead agent is reaped by nobody for 72 hours`() throws {
        try atDesk(agents: Self.agents) { desk async throws in
            try await desk.register(
                "b1", "b", timeToLive: "6s", more: #", "DeregisterCriticalServiceAfter": "60s""#,
                at: "other")
            try await desk.register("b2", "b", at: "other")
            desk.consul.killAgent("other")
            try await desk.rest(.seconds(71 * 3600))
            #expect(desk.consul.registeredInstances == ["b1", "b2"])
            try await desk.put("catalog/deregister", #"{"Node": "other", "ServiceID": "b1"}"#)
            try await desk.rest(.seconds(600))
            #expect(desk.consul.registeredInstances == ["b2"])
            try await desk.rest(.seconds(3600))
            #expect(desk.consul.registeredInstances == [])
        }
    }

    @Test func `an agent cut off from the servers serves its clients and comes back`() throws {
        try atDesk(agents: Self.agents) { desk async throws in
            try await desk.register("b1", "b", at: "other")
            desk.consul.cutAgent("other")
            let delay = try await desk.wait(atMost: .seconds(20)) {
                try await desk.passing("b") == []
            }
            #expect(delay > .seconds(6.5) && delay < .seconds(7))
            #expect(try await desk.put("agent/check/pass/service:b1", at: "other").status == 200)
            #expect(try await desk.get("health/service/b", at: "other").status == 500)
            #expect(try await desk.get("health/service/b?stale", at: "other").status == 500)
            desk.consul.cutAgent("other", false)
            let back = try await desk.wait(atMost: .seconds(20)) {
                try await desk.passing("b") == ["b1"]
            }
            #expect(back < .seconds(2))
        }
    }

    @Test func `a query of an agent that lost its servers hangs for half a minute`() throws {
        try atDesk { desk async throws in
            let index = try await desk.get("health/state/any").index
            let box = desk.blocked("health/state/any?index=\(index)&wait=10s")
            try await desk.rest(.seconds(1))
            desk.consul.cutAgent("agent")
            try await desk.rest(.seconds(29))
            #expect(box.value == nil)
            try await desk.rest(.seconds(2))
            #expect(box.value?.answer.status == 500)
        }
    }

    @Test func `a slow agent answers late and a dead one not at all`() throws {
        try atDesk { desk async throws in
            desk.consul.slowAgent("agent", by: .seconds(2))
            let begin = desk.now
            #expect(try await desk.get("agent/self").status == 200)
            #expect(desk.now - begin > .seconds(2))
            desk.consul.heal()
            desk.consul.killAgent("agent")
            await #expect(throws: TransportError.unreachable) { try await desk.get("agent/self") }
        }
    }

    @Test func `links between a process and its agent can be cut one way`() throws {
        try atDesk { desk async throws in
            desk.network.cut(from: ["world"], to: ["agent"])
            await #expect(throws: TransportError.timedOut) {
                try await desk.ask(.put, "kv/k", "v", timeout: .seconds(3))
            }
            desk.network.heal()
            #expect(try await desk.get("kv/k").status == 404)
            desk.network.cut(from: ["agent"], to: ["world"])
            await #expect(throws: TransportError.timedOut) {
                try await desk.ask(.put, "kv/k", "v", timeout: .seconds(3))
            }
            desk.network.heal()
            #expect(try await desk.get("kv/k?raw").text == "v", "the request took effect")
        }
    }
}
