import ClusterSimulator
import FoundationEssentials
import Platform
import Testing

@testable import Cluster

/// What the registry makes of answers, whoever gives them.
struct ConsulAnswerTests {
    /// What a watch ended with.
    private func watch(
        since index: UInt64? = nil, _ answer: HTTPResponseMessage
    ) throws -> Result<RegistrySnapshot, RegistryError> {
        try scripted { _, _ throws(TransportError) in
            answer
        } _: { registry, _ in
            do throws(RegistryError) {
                return .success(
                    try await registry.instances(changedSince: index, wait: .seconds(9)))
            } catch { return .failure(error) }
        }
    }

    @Test(arguments: [
        "", "{", "null", "{}", "[{}]", "[null]", "3", "<html><body>Bad gateway</body></html>",
        #"[{"Node": 3}]"#, "[\u{0}]", String(repeating: "[", count: 100_000),
    ])
    func `a good status with a bad content is no answer`(text: String) throws {
        #expect(try watch(.indexed("7", text)) == .failure(.unavailable))
    }

    @Test(arguments: [301, 400, 403, 404, 429, 500, 502, 503])
    func `an answer that is no success is none, and its index is ignored`(status: Int) throws {
        var answer = HTTPResponseMessage.indexed("1")
        answer.status = status
        #expect(try watch(answer) == .failure(.unavailable))
    }

    @Test func `an answer may be as long as the limit and not one byte longer`() throws {
        let limit = ConsulRegistry.Limit.answerByteCountMaximum
        let spaces = String(repeating: " ", count: limit - 2)
        let snapshot = RegistrySnapshot(index: 7, instances: [])
        #expect(try watch(.indexed("7", "[" + spaces + "]")) == .success(snapshot))
        #expect(try watch(.indexed("7", "[ " + spaces + "]")) == .failure(.unavailable))
    }

    private static func row(_ number: Int, service: String = "greeter") -> String {
        """
        {"Node": "n", "CheckID": "c\(number)", "Status": "passing", "ServiceID": "i\(number)",
        "ServiceName": "\(service)", "ServiceTags": ["cluster-instance"],
        "CreateIndex": 1, "ModifyIndex": 1}
        """
    }

    @Test(arguments: [0, 1])
    func `an answer may have ten thousand checks`(excess: Int) throws {
        let count = ConsulRegistry.Limit.checkCountMaximum + excess
        let rows = (0..<count).map { number in
            Self.row(number).replacing("cluster-instance", with: "x")
        }
        let result = try watch(.indexed("7", "[\(rows.joined(separator: ","))]"))
        #expect((result == .failure(.unavailable)) == (excess == 1))
    }

    @Test func `at most two hundred services are asked for`() throws {
        let count = Box(0)
        let rows = (0..<210).map { Self.row($0, service: "s\($0)") }.joined(separator: ",")
        try scripted { request, _ throws(TransportError) in
            guard !request.target.contains("/service/") else {
                count.value += 1
                return .indexed("7")
            }
            return .indexed("7", "[\(rows)]")
        } _: { registry, _ in
            _ = try await registry.instances(changedSince: nil, wait: .zero)
        }
        #expect(count.value == 200)
    }

    @Test(
        arguments: [
            (nil, nil), (nil, "0"), (5, nil), (5, "0"), (0, "0"), (5, "-1"), (5, "x"), (5, ""),
            (5, "99999999999999999999999"),
        ] as [(UInt64?, String?)])
    func `an index that is none is answered by none`(since: UInt64?, header: String?) throws {
        let snapshot = RegistrySnapshot(index: 0, instances: [])
        #expect(try watch(since: since, .indexed(header)) == .success(snapshot))
    }

    @Test(
        arguments: [(5, "4", 0), (5, "5", 5), (5, "6", 6), (0, "1", 1)]
            as [(UInt64, String, UInt64)])
    func `an index that goes back is forgotten`(
        since: UInt64, header: String, next: UInt64
    ) throws {
        let snapshot = RegistrySnapshot(index: next, instances: [])
        #expect(try watch(since: since, .indexed(header)) == .success(snapshot))
    }

    /// How often the registry asks in ten minutes if every answer comes at once.
    private func questionCount(_ header: @escaping @Sendable (Int) -> String?) throws -> Int {
        let count = Box(0)
        try scripted { _, _ throws(TransportError) in
            count.value += 1
            return .indexed(header(count.value))
        } _: { registry, platform in
            var index: UInt64?
            while platform.clock.uptime < .seconds(600), count.value < 20_000 {
                index = try await registry.instances(changedSince: index, wait: .seconds(30)).index
            }
        }
        return count.value
    }

    @Test func `no answer makes the watch a busy loop`() throws {
        #expect(try questionCount { _ in nil } <= 301, "every two seconds")
        #expect(try questionCount { _ in "0" } <= 301)
        #expect(try questionCount { _ in "7" } <= 12_001, "twenty times a second")
        #expect(try questionCount { "\($0)" } <= 12_001)
        #expect(try questionCount { "\(1000 - $0 % 2)" } <= 12_001)
    }

    @Test func `a blocking query waits a sixteenth longer than it asks for`() throws {
        let asked = Box<[(target: String, timeout: Duration)]>([])
        try scripted { request, timeout throws(TransportError) in
            asked.value.append((request.target, timeout))
            return .indexed("7")
        } _: { registry, _ in
            _ = try await registry.instances(changedSince: nil, wait: .seconds(30))
            _ = try await registry.instances(changedSince: 7, wait: .seconds(32))
        }
        #expect(
            asked.value.map(\.target) == [
                "/v1/health/state/any?stale", "/v1/health/state/any?stale&index=7&wait=32000ms",
            ])
        #expect(asked.value.map(\.timeout) == [.seconds(4), .seconds(32 + 2 + 4)])
    }

    @Test(arguments: [nil, "secret"])
    func `the token goes with every request`(token: String?) throws {
        var configuration = ConsulRegistry.Configuration(agent: "agent:8500")
        configuration.token = token
        let headers = Box<[String?]>([])
        try scripted(configuration) { request, _ throws(TransportError) in
            headers.value.append(request.headers["x-consul-token"])
            #expect(request.authority == "agent:8500")
            return .indexed("7")
        } _: { registry, _ in
            try await registry.register(.greeter("a"))
            try await registry.renew("a")
            try await registry.deregister("a")
            _ = try await registry.instances(changedSince: nil, wait: .zero)
        }
        #expect(headers.value == [token, token, token, token])
    }

    @Test(
        arguments: [
            (200, nil), (500, .notRegistered), (404, .notRegistered), (403, .unavailable),
            (503, .unavailable), (302, .unavailable),
        ] as [(Int, RegistryError?)])
    func `a renewal is answered by its status`(status: Int, error: RegistryError?) throws {
        let thrown = try scripted { _, _ throws(TransportError) in
            .status(status)
        } _: { registry, _ in
            do throws(RegistryError) {
                try await registry.renew("a")
                return RegistryError?.none
            } catch { return error }
        }
        #expect(thrown == error)
    }

    @Test(arguments: [(200, true), (404, true), (500, false), (403, false)])
    func `removing what is gone succeeds`(status: Int, succeeds: Bool) throws {
        let isDone = try scripted { _, _ throws(TransportError) in
            .status(status)
        } _: { registry, _ in
            do throws(RegistryError) {
                try await registry.deregister("a")
                return true
            } catch { return false }
        }
        #expect(isDone == succeeds)
    }

    @Test(arguments: [TransportError.unreachable, .timedOut, .broken, .cancelled])
    func `an agent that cannot be reached is a registry that is away`(error: TransportError) throws
    {
        let ends = try scripted { _, _ throws(TransportError) in
            throw error
        } _: { registry, _ in
            var ends: [RegistryError] = []
            do throws(RegistryError) { try await registry.register(.greeter("a")) } catch {
                ends.append(error)
            }
            do throws(RegistryError) { try await registry.renew("a") } catch { ends.append(error) }
            do throws(RegistryError) {
                _ = try await registry.instances(changedSince: nil, wait: .zero)
            } catch { ends.append(error) }
            return ends
        }
        #expect(ends == [.unavailable, .unavailable, .unavailable])
    }

    @Test(arguments: [
        ("host:80", "host", 80), ("host", "host", 0), ("10.0.0.1:65535", "10.0.0.1", 65535),
        ("host:65536", "host:65536", 0), ("host:", "host:", 0), (":80", ":80", 0),
        ("[::1]:80", "[::1]", 80), ("host:-1", "host:-1", 0), ("", "", 0),
    ])
    func `an address is split into host and port`(text: String, host: String, port: Int) {
        let parts = ConsulRegistration.split(text)
        #expect(parts.host == host)
        #expect(parts.port == port)
    }

    @Test func `a registration says what the instance is and how it is checked`() throws {
        var configuration = ConsulRegistry.Configuration(agent: "localhost:8500")
        configuration.advertisedAgent = "10.0.0.1:8500"
        configuration.httpCheck = .init(interval: .seconds(10), timeout: .seconds(2)) {
            "http://\($0.address.text)/check"
        }
        let body = Box("")
        try scripted(configuration) { request, _ throws(TransportError) in
            #expect(request.method == .put)
            #expect(request.target == "/v1/agent/service/register")
            body.value = String(decoding: request.body, as: UTF8.self)
            return .status(200)
        } _: { registry, _ in
            try await registry.register(.greeter("a"))
        }
        let said = """
            {"CheckID":"service:a","DeregisterCriticalServiceAfter":"60000ms",\
            "Name":"said by the instance","Status":"passing","TTL":"6000ms"}
            """
        let answered = """
            {"CheckID":"service:a:http","HTTP":"http://host:80/check","Interval":"10000ms",\
            "Name":"answered by the instance","Status":"passing","Timeout":"2000ms"}
            """
        #expect(
            body.value == """
                {"Address":"host","Checks":[\(said),\(answered)],"ID":"a",\
                "Meta":{"address":"host:80","agent":"10.0.0.1:8500"},"Name":"greeter",\
                "Port":80,"Tags":["cluster-instance"]}
                """)
    }

    @Test func `services with other signs are asked for again and no others`() throws {
        let (asked, step) = (Box<[String]>([]), Box(0))
        let rows = [
            [Self.row(1), Self.row(2, service: "baker")],
            [Self.row(1), Self.row(2, service: "baker"), Self.row(3)],
            [Self.row(1), Self.row(3)],
        ]
        try scripted { request, _ throws(TransportError) in
            guard !request.target.contains("/service/") else {
                asked.value.append(request.target)
                return .indexed("1")
            }
            step.value += 1
            return .indexed("\(step.value)", "[\(rows[step.value - 1].joined(separator: ","))]")
        } _: { registry, _ in
            var index: UInt64?
            for _ in rows {
                index = try await registry.instances(changedSince: index, wait: .zero).index
            }
        }
        #expect(
            asked.value == [
                "/v1/health/service/baker?passing", "/v1/health/service/greeter?passing",
                "/v1/health/service/greeter?passing",
            ])
    }

    @Test func `without a leader all services are asked for once more and at any server`() throws {
        let targets = Box<[String]>([])
        let rows = (1...3).map { Self.row($0, service: "s\($0)") }.joined(separator: ",")
        try scripted { request, _ throws(TransportError) in
            guard request.target.contains("/service/") else { return .indexed("7", "[\(rows)]") }
            targets.value.append(String(request.target.dropFirst("/v1/health/service/".count)))
            return request.target.contains("stale") ? .indexed("7") : .status(500)
        } _: { registry, _ in
            _ = try await registry.instances(changedSince: nil, wait: .zero)
        }
        #expect(
            targets.value == [
                "s1?passing", "s1?passing&stale", "s2?passing&stale", "s3?passing&stale",
            ])
    }
}
