import Cluster
import ClusterSimulator
import Platform
import Testing

/// When checks turn and when services are reaped, as in Consul 1.8.7.
struct ConsulExpiryTests {
    @Test(arguments: ["2s", "5s"])
    func `a check expires some thirteen milliseconds after its time to live`(text: String) throws {
        try atDesk { desk in
            try await desk.register("a1", "a", timeToLive: text)
            try await desk.rest(.seconds(1))
            try await desk.put("agent/check/pass/service:a1")
            let begin = desk.now
            _ = try await desk.wait(atMost: .seconds(20)) {
                try await desk.checks("a") == ["service:a1": "critical"]
            }
            let late = desk.now - begin - (text == "2s" ? .seconds(2) : .seconds(5))
            #expect(late > .milliseconds(8) && late < .milliseconds(25), "\(late)")
            try await desk.put("agent/check/pass/service:a1")
            try await desk.rest(.milliseconds(3))
            #expect(try await desk.passing("a") == ["a1"])
        }
    }

    @Test(arguments: [("10s", 60.0), ("30s", 60), ("60s", 60), ("70s", 70), ("90s", 90)])
    func `the reaper removes at its tick after the floor`(asked: String, least: Double) throws {
        try atDesk { desk in
            try await desk.register(
                "a1", "a", status: nil, more: #", "DeregisterCriticalServiceAfter": "\#(asked)""#)
            let begin = desk.now
            _ = try await desk.wait(atMost: .seconds(200), step: .milliseconds(100)) {
                try await desk.checks("a") == [:]
            }
            let after = desk.now - begin
            #expect(after > .seconds(least - 0.1) && after < .seconds(least + 30.2), "\(after)")
        }
    }

    @Test func `the reaper's ticks have a phase of their own`() throws {
        let moments = try (1...8 as ClosedRange<UInt64>).map { seed in
            try atDesk(seed: seed) { desk in
                try await desk.register(
                    "a1", "a", status: nil, more: #", "DeregisterCriticalServiceAfter": "30s""#)
                _ = try await desk.wait(atMost: .seconds(200), step: .seconds(1)) {
                    try await desk.checks("a") == [:]
                }
                return desk.now
            }
        }
        #expect(Set(moments.map(\.milliseconds)).count > 4, "\(moments)")
    }

    @Test func `nothing is reaped that did not ask for it`() throws {
        try atDesk { desk in
            try await desk.register("a1", "a", status: nil)
            try await desk.rest(.seconds(600))
            #expect(try await desk.checks("a") == ["service:a1": "critical"])
        }
    }

    @Test func `a pass starts the reaper's count again`() throws {
        try atDesk { desk in
            try await desk.register(
                "a1", "a", timeToLive: "10s", status: nil,
                more: #", "DeregisterCriticalServiceAfter": "60s""#)
            try await desk.rest(.seconds(50))
            try await desk.put("agent/check/pass/service:a1")
            let begin = desk.now
            _ = try await desk.wait(atMost: .seconds(200), step: .milliseconds(100)) {
                try await desk.checks("a") == [:]
            }
            #expect(desk.now - begin > .seconds(70) && desk.now - begin < .seconds(101))
            #expect(try await desk.put("agent/check/pass/service:a1").status == 500)
        }
    }

    /// A service whose health check answers with the status in the box, after a while; 0 hangs.
    private func serve(_ desk: Desk, _ status: Box<Int>) -> SimulatedNode {
        let node = desk.simulation.makeNode("server")
        desk.consul.answerChecks(at: "server:80", on: node) { _ in
            if status.value == 0 {
                do { try await node.platform.clock.sleep(for: .seconds(600)) } catch {
                    return HTTPResponseMessage(status: 500)
                }
            }
            return HTTPResponseMessage(status: status.value)
        }
        return node
    }

    private func register(_ desk: Desk) async throws {
        let check = #"{"HTTP": "http://server:80/health", "Interval": "4s", "Timeout": "1s"}"#
        try await desk.put(
            "agent/service/register", #"{"Name": "h", "ID": "h1", "Check": \#(check)}"#)
        try await desk.rest(.milliseconds(5))
    }

    private func turn(_ desk: Desk, to status: String) async throws -> Duration {
        try await desk.wait(atMost: .seconds(20)) {
            try await desk.checks("h") == ["service:h1": status]
        }
    }

    @Test(arguments: [
        (200, "passing"), (204, "passing"), (429, "warning"), (301, "critical"), (404, "critical"),
        (503, "critical"),
    ])
    func `an answer to a health check is judged by its status`(code: Int, status: String) throws {
        try atDesk { desk in
            let answer = Box(code == 200 ? 503 : 200)
            _ = serve(desk, answer)
            try await register(desk)
            _ = try await turn(desk, to: code == 200 ? "critical" : "passing")
            answer.value = code
            let delay = try await turn(desk, to: status)
            #expect(delay < .milliseconds(4100))
        }
    }

    @Test func `the first question comes at a random moment of the interval`() throws {
        let delays = try (1...8 as ClosedRange<UInt64>).map { seed in
            try atDesk(seed: seed) { desk in
                _ = serve(desk, Box(200))
                try await register(desk)
                return try await turn(desk, to: "passing")
            }
        }
        #expect(delays.allSatisfy { $0 < .milliseconds(4100) })
        #expect(delays.min()! < .seconds(1.5) && delays.max()! > .seconds(2.5), "\(delays)")
    }

    @Test func `a server that hangs turns critical after interval and timeout`() throws {
        try atDesk { desk in
            let answer = Box(200)
            _ = serve(desk, answer)
            try await register(desk)
            _ = try await turn(desk, to: "passing")
            answer.value = 0
            let delay = try await turn(desk, to: "critical")
            #expect(delay > .milliseconds(4900) && delay < .milliseconds(5100), "\(delay)")
        }
    }

    @Test func `a server that died or is cut off turns critical and comes back`() throws {
        try atDesk { desk in
            let node = serve(desk, Box(200))
            try await register(desk)
            _ = try await turn(desk, to: "passing")
            desk.network.cut(from: ["agent"], to: ["server"])
            _ = try await turn(desk, to: "critical")
            desk.network.heal()
            _ = try await turn(desk, to: "passing")
            node.crash()
            _ = try await turn(desk, to: "critical")
            _ = serve(desk, Box(200))
            _ = try await turn(desk, to: "passing")
        }
    }
}
