import Testing

@testable import ClusterSimulator

/// What the comparison with a real Consul has shown.
@Suite struct ConsulParityTests {
    private static func registration(tag: String, _ checks: String) -> String {
        #"{"ID": "a", "Name": "s", "Tags": ["\#(tag)"], \#(checks)}"#
    }

    private static let one = #""Check": {"TTL": "600s"}"#
    private static let two = #""Checks": [{"TTL": "600s"}, {"TTL": "600s"}]"#

    /// The first of two checks is registered again, with another tag of its service.
    private static func registerAgainWithFewerChecks(at desk: Desk) async throws {
        for body in [registration(tag: "old", two), registration(tag: "new", one)] {
            try await desk.put("agent/service/register", body)
            try await desk.rest(.milliseconds(10))
        }
    }

    @Test func `a check that is not registered again keeps the tags of its time`() throws {
        try atDesk { desk in
            try await Self.registerAgainWithFewerChecks(at: desk)
            let text = try await desk.get("health/checks/s").text
            #expect(text.split(separator: #""ServiceTags":["old"]"#).count == 3)
            #expect(text.contains(#""ServiceTags":["new"]"#))
        }
    }

    @Test func `a check that changes gets the tags that its service has now`() throws {
        try atDesk { desk in
            try await Self.registerAgainWithFewerChecks(at: desk)
            try await desk.put("agent/check/pass/service:a:1?note=why")
            try await desk.rest(.milliseconds(10))
            let text = try await desk.get("health/checks/s").text
            #expect(text.split(separator: #""ServiceTags":["old"]"#).count == 2)
            #expect(text.split(separator: #""ServiceTags":["new"]"#).count == 3)
        }
    }

    @Test func `a check raises the index of the catalogue's instances and wakes nobody`() throws {
        try atDesk { desk in
            try await desk.register("a", "s")
            let index = try await desk.get("catalog/service/s").index
            let waiting = desk.blocked("catalog/service/s?index=\(index)&wait=60s")
            try await desk.rest(.milliseconds(10))
            try await desk.put("agent/check/fail/service:a")
            try await desk.rest(.milliseconds(20))
            #expect(waiting.value == nil)
            #expect(try await desk.get("catalog/service/s").index > index)
            try await desk.register("b", "s")
            try await desk.rest(.milliseconds(20))
            #expect(waiting.value?.answer.status == 200)
        }
    }

    @Test func `the end of a service without checks raises their index and wakes nobody`() throws {
        try atDesk { desk in
            try await desk.put("agent/service/register", #"{"Name": "s"}"#)
            try await desk.rest(.milliseconds(10))
            let index = try await desk.get("health/state/critical").index
            let waiting = desk.blocked("health/state/critical?index=\(index)&wait=60s")
            try await desk.rest(.milliseconds(10))
            try await desk.put("agent/service/deregister/s")
            try await desk.rest(.milliseconds(20))
            #expect(waiting.value == nil)
            #expect(try await desk.get("health/state/critical").index > index)
        }
    }

    @Test func `whoever waits for a state that no check is in is woken by any check`() throws {
        try atDesk { desk in
            try await desk.register("a", "s")
            let index = try await desk.get("health/state/critical").index
            let waiting = desk.blocked("health/state/critical?index=\(index)&wait=60s")
            try await desk.rest(.milliseconds(10))
            try await desk.put("agent/check/warn/service:a")
            try await desk.rest(.milliseconds(20))
            #expect(waiting.value?.answer.text == "[]")
            #expect((waiting.value?.answer.index ?? 0) > index)
        }
    }

    @Test func `a note that no write was worth goes along with the next`() throws {
        try atDesk { desk in
            try await desk.put("agent/service/register", Self.registration(tag: "old", Self.one))
            try await desk.rest(.milliseconds(10))
            try await desk.put("agent/check/fail/service:a?note=why")
            try await desk.rest(.milliseconds(10))
            #expect(try await !desk.get("health/checks/s").text.contains("why"))
            try await desk.put("agent/service/register", Self.registration(tag: "new", Self.one))
            try await desk.rest(.milliseconds(10))
            #expect(try await desk.get("health/checks/s").text.contains("why"))
        }
    }

    @Test func `a registration that changes nothing raises the index of all checks`() throws {
        try atDesk { desk in
            try await desk.register("a", "s")
            let (checks, service) = (
                try await desk.get("health/checks/s").index,
                try await desk.get("health/service/s").index
            )
            try await desk.register("a", "s")
            #expect(try await desk.get("health/checks/s").index > checks)
            #expect(try await desk.get("health/node/agent").index > checks)
            #expect(try await desk.get("health/service/s").index == service)
        }
    }

    @Test func `whoever waits for a key that is not there is woken by another`() throws {
        try atDesk { desk in
            try await desk.put("kv/before", "1")
            let index = try await desk.get("kv/missing").index
            let waiting = desk.blocked("kv/missing?index=\(index)&wait=60s")
            try await desk.rest(.milliseconds(10))
            #expect(waiting.value == nil)
            try await desk.put("kv/other", "1")
            try await desk.rest(.milliseconds(20))
            #expect(waiting.value?.answer.status == 404)
            #expect((waiting.value?.answer.index ?? 0) > index)
        }
    }

    @Test(arguments: ["info", "destroy", "renew"])
    func `what has not the form of a session's id is an error, not a session that ended`(
        _ verb: String
    ) throws {
        try atDesk { desk in
            func status(_ id: String) async throws -> Int {
                let target = "session/\(verb)/\(id)"
                return try await desk.ask(verb == "info" ? .get : .put, target).status
            }
            let found = (
                try await status("nothing"),
                try await status("00000000-0000-0000-0000-000000000000")
            )
            #expect(found.0 == 500)
            #expect(found.1 != 500)
        }
    }
}
