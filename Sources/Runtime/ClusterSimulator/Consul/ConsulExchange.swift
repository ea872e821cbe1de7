import Cluster
import Platform

/// A process's way to the agents.
struct ConsulExchange: HTTPExchange {
    let consul: SimulatedConsul
    let node: SimulatedNode

    func exchange(
        _ request: HTTPRequestMessage, timeout: Duration
    ) async throws(TransportError) -> HTTPResponseMessage {
        var connection: ConsulConnection?
        do {
            return try await node.park { wake in
                let opened = consul.open { ConsulConnection($0, consul, node, request, wake) }
                connection = opened
                opened.begin(timeout: timeout)
            }
        } catch let error as TransportError {
            throw error
        } catch {
            connection?.abandon()
            throw .cancelled
        }
    }
}
