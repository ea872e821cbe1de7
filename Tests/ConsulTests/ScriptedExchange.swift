import Cluster
import ClusterSimulator
import Platform
import Testing

/// An HTTP edge whose answers the test gives.
struct ScriptedExchange: HTTPExchange {
    typealias Script =
        @Sendable (HTTPRequestMessage, Duration) async throws(TransportError) ->
        HTTPResponseMessage

    let script: Script

    func exchange(
        _ request: HTTPRequestMessage, timeout: Duration
    ) async throws(TransportError) -> HTTPResponseMessage {
        try await script(request, timeout)
    }
}

/// Runs `body` on the only node of a simulation with a registry whose answers the script gives.
func scripted<Value: Sendable>(
    _ configuration: ConsulRegistry.Configuration = .init(agent: "agent:8500"),
    _ script: @escaping ScriptedExchange.Script,
    _ body: @escaping @Sendable (ConsulRegistry, Platform) async throws -> Value
) throws -> Value {
    try simulated { simulation in
        let node = simulation.makeNode("process")
        return try await node.perform {
            let registry = ConsulRegistry(
                configuration, platform: node.platform,
                exchange: ScriptedExchange(script: script))
            return try await body(registry, node.platform)
        }
    }.value
}

extension HTTPResponseMessage {
    /// An answer with an index.
    static func indexed(_ index: String?, _ text: String = "[]") -> Self {
        Self(
            status: 200, headers: index.map { ["x-consul-index": $0] } ?? [:],
            body: Array(text.utf8))
    }

    static func status(_ status: Int, _ text: String = "") -> Self {
        Self(status: status, body: Array(text.utf8))
    }
}
