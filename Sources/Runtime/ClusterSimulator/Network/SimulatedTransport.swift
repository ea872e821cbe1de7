import Cluster
import Platform

/// A node's end of the simulated network.
public struct SimulatedTransport: Transport {
    let network: SimulatedNetwork
    let node: SimulatedNode

    public func call(
        _ address: Address, _ frame: [UInt8], timeout: Duration
    ) async throws(TransportError) -> [UInt8] {
        let exchange = SimulatedExchange(network, from: node, to: address)
        do {
            return try await node.park { wake in
                exchange.begin(frame, timeout: timeout, wake)
            }
        } catch let error as TransportError {
            if error == .timedOut { exchange.abandon() }
            throw error
        } catch {
            exchange.abandon()
            throw .cancelled
        }
    }

    public func listen(
        at address: Address, _ handler: @escaping FrameHandler
    ) async throws(TransportError) {
        network.listeners[address] = .init(node: node, handler: handler)
    }

    public func stopListening(at address: Address) async {
        if network.listeners[address]?.node === node { network.listeners[address] = nil }
    }
}
