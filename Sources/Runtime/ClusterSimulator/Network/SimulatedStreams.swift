import Cluster
import Platform

/// Byte streams between the nodes of a simulation, as one of them has them.
///
/// What one side sends arrives in order, cut and joined anywhere. What meets a cut link waits, as
/// TCP repeats it, so that a connection may be half open for as long as nobody looks.
public struct SimulatedStreams: ByteStreamNetwork {
    let network: SimulatedNetwork
    let node: SimulatedNode

    public func connect(
        to address: Address, timeout: Duration,
        _ user: @escaping @Sendable (any ByteStream) -> any ByteStreamUser
    ) async throws(TransportError) {
        do {
            try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                network.simulation.after(timeout) {
                    wake(.failure(TransportError.unreachable))
                }
                knock(at: address, user, wake)
            }
        } catch let error as TransportError {
            throw error
        } catch {
            throw .cancelled
        }
    }

    private func knock(
        at address: Address, _ user: @escaping @Sendable (any ByteStream) -> any ByteStreamUser,
        _ wake: @escaping SimulatedNode.Wake<Void>
    ) {
        let (network, node) = (network, node)
        let host = network.streamListeners[address]?.node.name ?? address.text
        network.carryPiece(from: node.name, to: host) {
            guard let listener = network.streamListeners[address], listener.node.isUp else {
                return network.carryPiece(from: host, to: node.name) {
                    wake(.failure(TransportError.unreachable))
                }
            }
            let pipe = SimulatedBytePipe(network, from: node, to: listener.node)
            pipe.callee.attach(listener.user(pipe.callee))
            network.carryPiece(from: host, to: node.name) {
                guard node.isUp else { return }
                pipe.caller.attach(user(pipe.caller))
                wake(.success(()))
            }
        }
    }

    public func listen(
        at address: Address,
        _ user: @escaping @Sendable (any ByteStream) -> any ByteStreamUser
    ) async throws(TransportError) {
        network.streamListeners[address] = .init(node: node, user: user)
    }

    public func stopListening(at address: Address) async {
        guard network.streamListeners[address]?.node === node else { return }
        network.streamListeners[address] = nil
    }
}
