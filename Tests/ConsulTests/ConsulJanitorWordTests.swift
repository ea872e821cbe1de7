import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// Whose word a janitor believes.
struct ConsulJanitorWordTests {
    private static func check(_ status: String) -> String {
        """
        [{"Node": "n", "CheckID": "service:a", "Status": "\(status)", "ServiceID": "a",
        "ServiceName": "s", "ServiceTags": ["cluster-instance"], "CreateIndex": 1,
        "ModifyIndex": 5}]
        """
    }

    /// What a janitor does about an instance that is critical in the catalogue, if its agent and
    /// then the catalogue say that: its writing requests, for a minute.
    private func writes(
        agent: HTTPResponseMessage?, catalogueLater status: String
    ) throws -> [String] {
        let (writes, looks) = (Box<[String]>([]), Box(0))
        let services = """
            {"Services": {"a": {"ID": "a", "Service": "s", "Tags": ["cluster-instance"],
            "Meta": {"agent": "its:1", "address": "h:1"}}}}
            """
        try simulated { simulation in
            let node = simulation.makeNode("peer")
            let exchange = ScriptedExchange { request, _ throws(TransportError) in
                do { try await node.platform.clock.sleep(for: .seconds(1)) } catch {
                    throw .cancelled
                }
                if request.method == .put {
                    writes.value.append("\(request.authority) \(request.target)")
                    return .status(200)
                }
                if request.authority == "its:1" {
                    guard let agent else { throw .timedOut }
                    return agent
                }
                if request.target.contains("catalog/node") { return .indexed("5", services) }
                if request.target.contains("health/node") {
                    return .indexed("5", Self.check(status))
                }
                looks.value += 1
                return .indexed("5", Self.check("critical"))
            }
            let janitor = ConsulJanitor(
                .init(agent: "own:1"), platform: node.platform, exchange: exchange)
            let running = node.start("janitor") { await janitor.run() }
            try await simulation.world.platform.clock.sleep(for: .seconds(27))
            running.cancel()
            await running.wait()
        }
        #expect(looks.value > 5)
        return writes.value
    }

    private static func word(own: String, http: String) -> String {
        let checks = [("service:a", own), ("service:a:http", http)].map { id, status in
            """
            {"Node": "n", "CheckID": "\(id)", "Status": "\(status)", "ServiceID": "a",
            "ServiceName": "s", "ServiceTags": [], "CreateIndex": 0, "ModifyIndex": 0}
            """
        }
        return #"{"Checks": [\#(checks.joined(separator: ","))]}"#
    }

    @Test(
        arguments: [
            (.status(503, word(own: "critical", http: "passing")), "critical", "agent"),
            (.status(503, word(own: "passing", http: "critical")), "critical", ""),
            (.status(503, "<html>Service unavailable</html>"), "critical", ""),
            (.status(200), "critical", ""), (.status(429), "critical", ""),
            (.status(403), "critical", ""), (.status(404), "critical", "catalogue"),
            (.status(404), "passing", ""), (nil, "critical", "catalogue"), (nil, "passing", ""),
        ] as [(HTTPResponseMessage?, String, String)])
    func `the agent's word decides and without it the catalogue's`(
        agent: HTTPResponseMessage?, later: String, place: String
    ) throws {
        let targets = [
            "agent": ["its:1 /v1/agent/service/deregister/a"],
            "catalogue": ["own:1 /v1/catalog/deregister"],
        ]
        #expect(try writes(agent: agent, catalogueLater: later) == targets[place] ?? [])
    }
}
