import Cluster
import ClusterSimulator
import FoundationEssentials
import Platform

/// A simulated Consul with agents, and the world's way to it.
final class Desk: @unchecked Sendable {
    let simulation: Simulation
    let network: SimulatedNetwork
    let consul: SimulatedConsul

    init(_ simulation: Simulation, agents: [String]) {
        self.simulation = simulation
        network = SimulatedNetwork(simulation)
        consul = SimulatedConsul(simulation, network: network)
        for agent in agents { consul.addAgent(agent) }
    }

    var platform: Platform { simulation.world.platform }
    var now: Duration { simulation.now }

    func rest(_ duration: Duration) async throws { try await platform.clock.sleep(for: duration) }

    /// Asks an agent as the world.
    func ask(
        _ method: HTTPRequestMessage.Method, _ target: String, _ body: String = "",
        at agent: String = "agent", timeout: Duration = .seconds(700)
    ) async throws -> HTTPResponseMessage {
        var request = HTTPRequestMessage(method, at: agent, "/v1/" + target)
        request.body = Array(body.utf8)
        return try await consul.exchange(for: simulation.world)
            .exchange(request, timeout: timeout)
    }

    func get(_ target: String, at agent: String = "agent") async throws -> HTTPResponseMessage {
        try await ask(.get, target, at: agent)
    }

    @discardableResult
    func put(
        _ target: String, _ body: String = "", at agent: String = "agent"
    ) async throws -> HTTPResponseMessage {
        try await ask(.put, target, body, at: agent)
    }

    /// Registers a service with a check by its own word; it has reached the catalogue then.
    func register(
        _ id: String, _ name: String, timeToLive: String? = "600s", status: String? = "passing",
        more: String = "", at agent: String = "agent"
    ) async throws {
        let statusText = status.map { #", "Status": "\#($0)""# } ?? ""
        let check = timeToLive.map { #", "Check": {"TTL": "\#($0)"\#(statusText)\#(more)}"# } ?? ""
        let answer = try await put(
            "agent/service/register", #"{"ID": "\#(id)", "Name": "\#(name)"\#(check)}"#, at: agent)
        guard answer.status == 200 else { throw StepLost() }
        try await rest(.milliseconds(10))
    }

    /// The statuses of a service's own checks by their ids.
    func checks(_ name: String) async throws -> [String: String] {
        struct Row: Decodable {
            let CheckID: String
            let Status: String
        }
        let rows = try await get("health/checks/\(name)").decoded([Row].self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.CheckID, $0.Status) })
    }

    /// The ids of a service's passing instances.
    func passing(_ name: String, _ query: String = "") async throws -> [String] {
        struct Entry: Decodable {
            struct Service: Decodable { let ID: String }
            let Service: Service
        }
        return try await get("health/service/\(name)?passing\(query)").decoded([Entry].self)
            .map(\.Service.ID)
    }

    /// How long it takes until `condition` holds, looked at every `step`.
    func wait(
        atMost limit: Duration, step: Duration = .milliseconds(1),
        _ condition: () async throws -> Bool
    ) async throws -> Duration {
        let begin = now
        while now - begin < limit {
            if try await condition() { return now - begin }
            try await rest(step)
        }
        throw StepLost()
    }

    /// Asks beside the caller; the answer and how long it took stand in the box then.
    func blocked(
        _ target: String, at agent: String = "agent"
    ) -> Box<(answer: HTTPResponseMessage, moment: Duration)?> {
        let box = Box<(answer: HTTPResponseMessage, moment: Duration)?>(nil)
        simulation.world.start("blocked query") { [self] in
            do {
                let answer = try await get(target, at: agent)
                box.value = (answer, now)
            } catch {
                box.value = nil
            }
        }
        return box
    }
}

extension HTTPResponseMessage {
    var text: String { String(decoding: body, as: UTF8.self) }
    var index: UInt64 { headers["x-consul-index"].flatMap(UInt64.init) ?? 0 }

    func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(body))
    }
}
