import Cluster
import ClusterSimulator
import Platform
import Testing

/// What happens when servers of Consul fail, as was observed of Consul 1.8.7.
struct ConsulFailureTests {
    private static let agents = ["agent", "other"]

    @Test func `without a leader writes wait three seconds`() throws {
        try atDesk { desk async throws in
            desk.consul.killLeader()
            let begin = desk.now
            #expect(try await desk.put("kv/k", "v").text == "true")
            #expect(desk.now - begin > .seconds(3) && desk.now - begin < .milliseconds(3060))
        }
    }

    @Test func `blocked queries break off with their leader`() throws {
        try atDesk { desk async throws in
            try await desk.register("b1", "b")
            let index = try await desk.get("health/service/b").index
            let boxes = (0..<5).map { _ in desk.blocked("health/service/b?index=\(index)&wait=60s")
            }
            try await desk.rest(.seconds(1))
            desk.consul.killLeader()
            try await desk.rest(.milliseconds(15))
            #expect(boxes.allSatisfy { $0.value?.answer.status == 500 })
        }
    }

    @Test func `sessions live anew from a new leader's start`() throws {
        try atDesk { desk async throws in
            let id = try await desk.put("session/create", #"{"TTL": "10s"}"#).text
            try await desk.rest(.seconds(18))
            desk.consul.killLeader()
            try await desk.rest(.seconds(22))
            let id2 = id.dropFirst(7).dropLast(2)
            #expect(try await desk.get("session/info/\(id2)").text != "[]")
            try await desk.rest(.seconds(2))
            #expect(try await desk.get("session/info/\(id2)").text == "[]")
        }
    }

    @Test func `restored servers have lower indices and learn anew`() throws {
        try atDesk { desk async throws in
            try await desk.register("b1", "b")
            desk.consul.takeSnapshot()
            try await desk.register("b2", "b")
            try await desk.put("agent/service/deregister/b1")
            try await desk.rest(.milliseconds(10))
            let index = try await desk.get("health/service/b").index
            let box = desk.blocked("health/service/b?passing&index=\(index)&wait=60s")
            try await desk.rest(.seconds(1))
            desk.consul.restoreSnapshot()
            try await desk.rest(.milliseconds(10))
            let answer = try #require(box.value).answer
            #expect(answer.index < index)
            #expect(answer.text.contains("b1") && !answer.text.contains("b2"))
            _ = try await desk.wait(atMost: .seconds(121), step: .milliseconds(100)) {
                try await desk.passing("b") == ["b2"]
            }
        }
    }

    @Test func `a spurious wake answers with the same index`() throws {
        try atDesk { desk async throws in
            let index = try await desk.get("health/state/any").index
            let box = desk.blocked("health/state/any?index=\(index)&wait=60s")
            try await desk.rest(.seconds(1))
            desk.consul.wakeSpuriously()
            try await desk.rest(.milliseconds(10))
            #expect(box.value?.answer.index == index)
        }
    }

    @Test func `a stale answer may be old and a default one is not`() throws {
        try atDesk { desk async throws in
            try await desk.register("b1", "b")
            desk.consul.freezeReplicas()
            try await desk.put("agent/check/fail/service:b1")
            try await desk.rest(.seconds(1))
            #expect(try await desk.passing("b") == [])
            #expect(try await desk.passing("b", "&stale") == ["b1"])
            desk.consul.heal()
            #expect(try await desk.passing("b", "&stale") == [])
        }
    }

    @Test func `every fault is counted`() throws {
        let report = try simulated { simulation in
            let consul = Desk(simulation, agents: Self.agents).consul
            consul.killLeader()
            consul.loseQuorum()
            consul.restoreQuorum()
            consul.goDown()
            consul.heal()
            consul.killAgent("other")
            consul.restartAgent("other")
            consul.killAgent("other")
            consul.restartAgent("other", forgetting: true)
            consul.slowAgent("other", by: .seconds(1))
            consul.cutAgent("other")
            consul.freezeReplicas()
            consul.wakeSpuriously()
            consul.restoreSnapshot()
            try await simulation.world.platform.clock.sleep(for: .seconds(4))
            consul.removeFromCatalogue(instance: "nobody")
        }.report
        for fault in [
            "leader killed", "quorum lost", "down", "agent killed", "agent restarted",
            "agent restarted without memory", "agent slow", "agent cut off", "replicas behind",
            "spurious wake", "index went back", "catalogue entry removed",
        ] { #expect(report.count("fault: consul \(fault)") > 0, "\(fault)") }
    }

    @Test func `without a quorum only stale reads and the agents' own matters work`() throws {
        try atDesk { desk async throws in
            try await desk.register("b1", "b")
            desk.consul.loseQuorum()
            for _ in 0..<10 {
                let begin = desk.now
                let answer = try await desk.get("health/service/b?passing")
                let took = desk.now - begin
                #expect(answer.status == 500)
                #expect(answer.index == 1, "which means nothing")
                #expect(took < .milliseconds(10) || took > .seconds(7), "\(took)")
            }
            #expect(try await desk.put("kv/k", "v").status == 500)
            let stale = try await desk.get("health/service/b?passing&stale")
            #expect(stale.status == 200)
            #expect(stale.headers["x-consul-knownleader"] == "false")
            #expect(stale.headers["x-consul-lastcontact"] != "0")
            try await desk.register("b2", "b")
            desk.consul.restoreQuorum()
            let delay = try await desk.wait(atMost: .seconds(60), step: .milliseconds(50)) {
                try await desk.passing("b") == ["b1", "b2"]
            }
            #expect(delay < .seconds(40), "registered meanwhile, told to the servers later")
        }
    }

    @Test func `with all servers down agents go on alone until they heal`() throws {
        try atDesk { desk async throws in
            try await desk.register("b1", "b")
            desk.consul.goDown()
            #expect(try await desk.get("health/service/b?stale").status == 500)
            #expect(try await desk.put("agent/check/pass/service:b1").status == 200)
            desk.consul.heal()
            try await desk.rest(.seconds(4))
            #expect(try await desk.passing("b") == ["b1"])
        }
    }
}
