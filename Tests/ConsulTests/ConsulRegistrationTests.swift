import Cluster
import ClusterSimulator
import Platform
import Testing

/// How an agent takes registrations, as Consul 1.8.7 does.
struct ConsulRegistrationTests {
    @Test(arguments: [HTTPRequestMessage.Method.get, .post, .delete])
    func `register is put only`(method: HTTPRequestMessage.Method) throws {
        let answer = try atDesk { try await $0.ask(method, "agent/service/register", "{}") }
        #expect(answer.status == 405)
        #expect(answer.headers["allow"] == "OPTIONS,PUT")
        #expect(answer.text == "method \(method.rawValue) not allowed")
    }

    @Test(arguments: [
        (#"{"ID": "x"}"#, 400, "Missing service name"),
        ("", 400, "Request decode failed: EOF"),
        ("{", 400, "Request decode failed: unexpected EOF"),
        (
            #"{"Name": "u", "Bogus": 1}"#, 400,
            #"Request decode failed: json: unknown field "Bogus""#
        ),
        (
            #"{"Name": "u", "Check": {"TTL": "5s", "Bogus": 1}}"#, 400,
            #"Request decode failed: json: unknown field "Bogus""#
        ),
        (
            #"{"Name": "u", "Check": {"Notes": "x"}}"#, 400,
            "Invalid check: TTL must be > 0 for TTL checks"
        ),
        (
            #"{"Name": "u", "Check": {"HTTP": "http://x"}}"#, 400,
            "Invalid check: Interval must be > 0 for Script, HTTP, or TCP checks"
        ),
        (
            #"{"Name": "u", "Check": {"HTTP": "http://x", "TTL": "5s", "Interval": "5s"}}"#, 400,
            "Invalid check: Interval and TTL cannot both be specified"
        ),
        (
            #"{"Name": "u", "Check": {"TTL": "5s", "Status": "great"}}"#, 400,
            "Status for checks must 'passing', 'warning', 'critical'"
        ),
        (#"{"name": "u", "port": 7}"#, 200, ""),
        (#"{"Name": "u", "Port": 70000}"#, 200, ""),
    ])
    func `a registration is judged`(body: String, status: Int, text: String) throws {
        let answer = try atDesk { try await $0.put("agent/service/register", body) }
        #expect(answer.status == status)
        #expect(answer.text == text)
    }

    @Test(arguments: [
        "{}", "[]", "3", #"{"Name": 3}"#, #"{"Name": "u", "Check": {"TTL": "5 pc"}}"#,
    ])
    func `what is no registration is a bad request`(body: String) throws {
        let status = try atDesk { try await $0.put("agent/service/register", body).status }
        #expect(status == 400)
    }

    @Test func `without an id the name is the id`() throws {
        try atDesk { desk async throws in
            try await desk.put("agent/service/register", #"{"Name": "u"}"#)
            #expect(try await desk.get("agent/service/u").status == 200)
        }
    }

    @Test func `a check starts critical unless its status is given`() throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a", status: nil)
            try await desk.register("a2", "a", status: "passing")
            let expected = ["service:a1": "critical", "service:a2": "passing"]
            #expect(try await desk.checks("a") == expected)
        }
    }

    @Test func `a service without a check is passing at once`() throws {
        try atDesk { desk async throws in
            try await desk.register("n1", "n", timeToLive: nil)
            #expect(try await desk.passing("n") == ["n1"])
        }
    }

    @Test func `several checks are numbered unless they have ids`() throws {
        try atDesk { desk async throws in
            let checks =
                #"[{"TTL": "60s", "Status": "passing"}, {"TTL": "60s", "CheckID": "mine"}]"#
            try await desk.put(
                "agent/service/register", #"{"Name": "m", "ID": "m1", "Checks": \#(checks)}"#)
            try await desk.rest(.milliseconds(5))
            #expect(try await desk.checks("m") == ["service:m1:1": "passing", "mine": "critical"])
            #expect(try await desk.passing("m") == [])
        }
    }

    @Test func `registering again keeps the check's status`() throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a", status: "passing")
            try await desk.register("a1", "a", status: "critical")
            #expect(try await desk.checks("a") == ["service:a1": "passing"])
        }
    }

    @Test func `registering again does not restart the time to live`() throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a", timeToLive: "10s")
            let begin = desk.now
            try await desk.rest(.seconds(6))
            try await desk.register("a1", "a", timeToLive: "10s")
            _ = try await desk.wait(atMost: .seconds(20)) {
                try await desk.checks("a") == ["service:a1": "critical"]
            }
            #expect(desk.now - begin < .milliseconds(10_100))
        }
    }

    @Test func `an old check stays unless checks are replaced`() throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a")
            try await desk.register("a1", "a", timeToLive: nil)
            #expect(try await desk.checks("a") == ["service:a1": "passing"])
            try await desk.put(
                "agent/service/register?replace-existing-checks=true",
                #"{"Name": "a", "ID": "a1"}"#)
            try await desk.rest(.milliseconds(5))
            #expect(try await desk.checks("a") == [:])
        }
    }

    @Test func `the same id under another name moves the service`() throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a")
            try await desk.register("a1", "b")
            #expect(try await desk.passing("a") == [])
            #expect(try await desk.passing("b") == ["a1"])
            #expect(try await desk.checks("b") == ["service:a1": "passing"])
        }
    }

    @Test func `deregistering what is not there succeeds`() throws {
        let status = try atDesk { try await $0.put("agent/service/deregister/no").status }
        #expect(status == 200)
    }

    @Test func `ids may be any text`() throws {
        try atDesk { desk async throws in
            try await desk.put("agent/service/register", #"{"Name": "y", "ID": "y/ä 1?"}"#)
            #expect(try await desk.get("agent/service/y%2F%C3%A4%201%3F").status == 200)
            try await desk.put("agent/service/deregister/y%2F%C3%A4%201%3F")
            #expect(try await desk.get("agent/service/y%2F%C3%A4%201%3F").status == 404)
        }
    }

    @Test(arguments: ["pass", "warn", "fail"])
    func `word on an unknown check is an internal error`(verb: String) throws {
        let answer = try atDesk { try await $0.put("agent/check/\(verb)/service:no") }
        #expect(answer.status == 500)
        #expect(answer.text == #"CheckID "service:no" does not have associated TTL"#)
    }

    @Test func `a warning is not passing`() throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a")
            try await desk.put("agent/check/warn/service:a1")
            try await desk.rest(.milliseconds(5))
            #expect(try await desk.checks("a") == ["service:a1": "warning"])
            #expect(try await desk.passing("a") == [])
        }
    }

    @Test(arguments: [("pass", 200), ("warn", 429), ("fail", 503)])
    func `an agent tells the health of its own services`(verb: String, status: Int) throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a")
            try await desk.put("agent/check/\(verb)/service:a1")
            #expect(try await desk.get("agent/health/service/id/a1").status == status)
            #expect(try await desk.get("agent/health/service/id/no").status == 404)
        }
    }

    @Test func `a service in maintenance does not pass`() throws {
        try atDesk { desk in
            try await desk.register("a1", "a")
            try await desk.put("agent/service/maintenance/a1?enable=true&reason=r")
            try await desk.rest(.milliseconds(10))
            #expect(
                try await desk.checks("a")
                    == ["service:a1": "passing", "_service_maintenance:a1": "critical"])
            #expect(try await desk.passing("a") == [])
            try await desk.put("agent/service/maintenance/a1?enable=false")
            try await desk.rest(.milliseconds(10))
            #expect(try await desk.passing("a") == ["a1"])
            let unknown = try await desk.put("agent/service/maintenance/no?enable=true")
            #expect(unknown.status == 404)
        }
    }

    @Test func `what is no path of Consul's is not found`() throws {
        try atDesk { desk async throws in
            for path in [
                "bogus", "agent/bogus", "health/bogus/x", "session/bogus", "agent/service",
            ] {
                let status = try await desk.get(path).status
                #expect(status == 404, "\(path)")
            }
            let status = try await desk.ask(.delete, "health/service/y").status
            #expect(status == 405)
        }
    }

    @Test func `a health entry has the members of the real one`() throws {
        try atDesk { desk async throws in
            try await desk.register("a1", "a")
            let text = try await desk.get("health/service/a").text
            for member in [
                #""Node":"agent""#, #""ID":"a1""#, #""Service":"a""#, #""Address":"#,
                #""Meta":null"#,
                #""Checks":["#, #""CheckID":"serfHealth""#, #""CheckID":"service:a1""#,
                #""Status":"passing""#, #""ServiceTags":[]"#, #""CreateIndex":"#,
                #""Output":"Agent alive and reachable""#, #""Datacenter":"dc1""#,
            ] { #expect(text.contains(member), "\(member) in \(text)") }
        }
    }
}
