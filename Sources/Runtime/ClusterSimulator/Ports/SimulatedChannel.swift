import Ports

/// A client's connection to a simulated broker, on which nothing overtakes anything.
///
/// Its client waits for what arrives; the broker breaks it off.
final class SimulatedChannel<Item: Sendable>: @unchecked Sendable {
    let number: Int
    let node: SimulatedNode
    private let countMaximum: Int
    private var arrived: [Item] = []
    private var wake: SimulatedNode.Wake<Item>?
    private var isBroken = false
    private var lastToBroker = Duration.zero
    private var lastToClient = Duration.zero

    /// A channel of `node`, with room for `countMaximum` items that the client has not asked for.
    init(_ number: Int, _ node: SimulatedNode, countMaximum: Int) {
        self.number = number
        self.node = node
        self.countMaximum = countMaximum
    }

    /// Lets `event` happen at the broker, after all that was sent to it before.
    func toBroker(after latency: Duration, _ event: @escaping () -> Void) {
        lastToBroker = max(lastToBroker, node.simulation.now + latency)
        node.simulation.at(lastToBroker, event)
    }

    /// Brings an item to the client, after all that was sent to it before; one that finds no
    /// room is dropped.
    func toClient(_ item: Item, after latency: Duration) {
        lastToClient = max(lastToClient, node.simulation.now + latency)
        node.simulation.at(lastToClient) { [self] in arrive(item) }
    }

    /// Lets the client find the channel broken.
    func breakOff() {
        isBroken = true
        arrived = []
        wake?(.failure(BusError.broken))
        wake = nil
    }

    /// The next item, once there is one.
    ///
    /// - Throws: ``BusError/broken``; else the node's reason for not waiting.
    func next() async throws -> Item {
        try await node.park { (wake: @escaping SimulatedNode.Wake<Item>) in
            if isBroken {
                wake(.failure(BusError.broken))
            } else if arrived.isEmpty {
                self.wake = wake
            } else {
                wake(.success(arrived.removeFirst()))
            }
        }
    }

    private func arrive(_ item: Item) {
        guard !isBroken else { return }
        if let wake {
            self.wake = nil
            wake(.success(item))
        } else if arrived.count < countMaximum {
            arrived.append(item)
        }
    }
}
