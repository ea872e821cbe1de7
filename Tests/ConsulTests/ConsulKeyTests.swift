import Cluster
import ClusterSimulator
import Platform
import Testing

/// Keys, sessions and locks, as in Consul 1.8.7.
struct ConsulKeyTests {
    private struct Entry: Decodable, Equatable {
        let LockIndex: Int
        let Value: String?
        let Session: String?
        let ModifyIndex: Int
    }

    private struct Session: Decodable {
        let ID: String
        var LockDelay: Int64?
        var NodeChecks: [String]?
    }

    private func entry(_ desk: Desk, _ key: String) async throws -> Entry? {
        let answer = try await desk.get("kv/\(key)")
        return answer.status == 404 ? nil : try answer.decoded([Entry].self).first
    }

    private func session(_ desk: Desk, _ body: String = "") async throws -> String {
        try await desk.put("session/create", body).decoded(Session.self).ID
    }

    private func lives(_ desk: Desk, _ session: String) async throws -> Bool {
        try await desk.get("session/info/\(session)").text != "[]"
    }

    @Test func `cas of zero creates only and a wrong cas is false`() throws {
        try atDesk { desk in
            #expect(try await desk.put("kv/c?cas=0", "1").text == "true")
            #expect(try await desk.put("kv/c?cas=0", "2").text == "false")
            let index = try #require(try await entry(desk, "c")).ModifyIndex
            let wrong = try await desk.put("kv/c?cas=\(index + 1)", "3")
            #expect(wrong.status == 200 && wrong.text == "false")
            #expect(try await desk.put("kv/c?cas=\(index)", "3").text == "true")
            #expect(try await entry(desk, "c")?.Value == "Mw==")
            #expect(try await desk.put("kv/missing?cas=5", "3").text == "false")
            #expect(try await desk.ask(.delete, "kv/c?cas=1").text == "false")
            #expect(try await desk.put("kv/c?cas=abc", "3").status == 500)
            #expect(try await desk.ask(.delete, "kv/none").text == "true")
        }
    }

    @Test(arguments: [(512 << 10, 200), ((512 << 10) + 1, 413)])
    func `a value may have 512 KiB`(count: Int, status: Int) throws {
        let answer = try atDesk { try await $0.put("kv/big", String(repeating: "x", count: count)) }
        #expect(answer.status == status)
    }

    @Test func `locks bind only those who ask for them`() throws {
        try atDesk { desk in
            let (a, b) = (try await session(desk), try await session(desk))
            #expect(try await desk.put("kv/l?acquire=\(a)", "A").text == "true")
            #expect(try await desk.put("kv/l?acquire=\(b)", "B").text == "false")
            #expect(try await desk.put("kv/l?acquire=\(a)", "A2").text == "true")
            #expect(try await entry(desk, "l")?.LockIndex == 1)
            let before = try await entry(desk, "l")
            #expect(try await desk.put("kv/l", "Z").text == "true")
            let after = try await entry(desk, "l")
            #expect(after?.LockIndex == 0)
            #expect(after?.Session == a)
            #expect(after?.ModifyIndex != before?.ModifyIndex, "which is what a fence is made of")
            #expect(try await desk.put("kv/l?release=\(b)", "B").text == "false")
            #expect(try await desk.put("kv/l?release=\(a)", "A3").text == "true")
            #expect(try await desk.put("kv/l?acquire=\(b)", "B").text == "true", "without a delay")
            #expect(try await desk.put("kv/l?acquire=\(b)&cas=0", "B").status == 400)
            let stranger = "11111111-1111-1111-1111-111111111111"
            let answer = try await desk.put("kv/l2?acquire=\(stranger)", "x")
            #expect(answer.status == 500 && answer.text == "invalid session \"\(stranger)\"")
        }
    }

    @Test(arguments: [
        (#"{"TTL": "9s"}"#, 500), (#"{"TTL": "10s"}"#, 200), (#"{"TTL": "86400s"}"#, 200),
        (#"{"TTL": "86401s"}"#, 500), (#"{"TTL": "x"}"#, 500), (#"{"Behavior": "zap"}"#, 500),
        (#"{"Checks": ["nope"]}"#, 500), (#"{"Node": "nonode"}"#, 500), ("", 200),
        (#"{"LockDelay": "61s"}"#, 200), (#"{"LockDelay": 5}"#, 200),
    ])
    func `a session's parameters are judged`(body: String, status: Int) throws {
        let answer = try atDesk { try await $0.put("session/create", body) }
        #expect(answer.status == status)
    }

    @Test(
        arguments: [("", 15), (#"{"LockDelay": 5}"#, 5), (#"{"LockDelay": "2s"}"#, 2)]
            as [(String, Int64)])
    func `a lock delay is fifteen seconds or what was asked`(body: String, seconds: Int64) throws {
        try atDesk { desk in
            let id = try await session(desk, body)
            let info = try await desk.get("session/info/\(id)").decoded([Session].self)
            #expect(info.first?.LockDelay == seconds * 1_000_000_000)
            #expect(info.first?.NodeChecks == ["serfHealth"])
            let other = try await session(desk)
            try await desk.put("kv/l?acquire=\(id)", "x")
            try await desk.put("session/destroy/\(id)")
            let begin = desk.now
            let delay = try await desk.wait(atMost: .seconds(60)) {
                try await desk.put("kv/l?acquire=\(other)", "y").text == "true"
            }
            #expect(delay <= .seconds(seconds) + .milliseconds(20))
            #expect(desk.now - begin >= .seconds(seconds) - .milliseconds(10))
        }
    }

    @Test(arguments: ["10s", "20s"], ["release", "delete"])
    func `a session ends after twice its time to live`(text: String, behaviour: String) throws {
        try atDesk { desk in
            let id = try await session(desk, #"{"TTL": "\#(text)", "Behavior": "\#(behaviour)"}"#)
            try await desk.put("kv/l?acquire=\(id)", "x")
            let twice = Duration.seconds(text == "10s" ? 20 : 40)
            try await desk.rest(twice - .milliseconds(50))
            #expect(try await lives(desk, id))
            #expect(try await desk.put("session/renew/\(id)").status == 200)
            try await desk.rest(twice - .milliseconds(50))
            #expect(try await lives(desk, id))
            try await desk.rest(.milliseconds(100))
            #expect(try await !lives(desk, id))
            let entry = try await entry(desk, "l")
            #expect(behaviour == "delete" ? entry == nil : entry?.Session == nil && entry != nil)
            #expect(try await desk.put("session/renew/\(id)").status == 404)
        }
    }

    @Test func `a session ends with a check that it is bound to`() throws {
        try atDesk { desk in
            try await desk.register("s1", "s")
            let id = try await session(desk, #"{"Checks": ["serfHealth", "service:s1"]}"#)
            try await desk.put("agent/check/fail/service:s1")
            let delay = try await desk.wait(atMost: .seconds(1)) { try await !lives(desk, id) }
            #expect(delay < .milliseconds(8))
            let answer = try await desk.put("session/create", #"{"Checks": ["service:s1"]}"#)
            #expect(answer.status == 500)
            #expect(answer.text == "Check 'service:s1' is in critical state")
        }
    }

    @Test func `keys are listed below a prefix`() throws {
        try atDesk { desk in
            for key in ["b/2", "a", "b/1"] { try await desk.put("kv/\(key)", key) }
            #expect(try await desk.get("kv/b?keys").text == #"["b/1","b/2"]"#)
            #expect(try await desk.get("kv/b/1?raw").text == "b/1")
            #expect(try await desk.get("kv/c?recurse").status == 404)
        }
    }
}
