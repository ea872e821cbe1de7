import Cluster
import Platform

/// A long-lived connection between two nodes, on which texts go both ways and in order.
///
/// It breaks when either node crashes, when a text meets a cut, and when the other side does not
/// take what it is sent.
public final class SimulatedPipe: @unchecked Sendable {
    /// Texts that may be on their way or unread in one direction.
    static let windowCount = 16
    /// How long a side waits for the other one to read.
    static let sendTimeout = Duration.seconds(10)
    /// How long it takes to notice that nothing arrives any more.
    static let silence = Duration.seconds(10)

    /// One side of a connection.
    public final class End: @unchecked Sendable {
        fileprivate let node: SimulatedNode
        fileprivate unowned let pipe: SimulatedPipe
        fileprivate var arrived: [String] = []
        fileprivate var reader: SimulatedNode.Wake<String?>?
        fileprivate var writer: SimulatedNode.Wake<Void>?
        /// Texts that were sent and that the other side has not read.
        fileprivate var unreadCount = 0
        fileprivate var lastArrival = Duration.zero

        fileprivate init(_ node: SimulatedNode, _ pipe: SimulatedPipe) {
            self.node = node
            self.pipe = pipe
        }

        /// Sends a text; waits while the other side leaves too much unread.
        public func send(_ text: String) async throws(TransportError) {
            if pipe.isOver { throw .broken }
            if unreadCount >= SimulatedPipe.windowCount {
                try await waitForRoom()
            }
            unreadCount += 1
            pipe.carry(text, from: self)
        }

        /// The next text; nil when the connection is over.
        public func receive() async throws(TransportError) -> String? {
            let text: String?
            do {
                text = try await node.park { (wake: @escaping SimulatedNode.Wake<String?>) in
                    if !arrived.isEmpty {
                        wake(.success(arrived.removeFirst()))
                    } else if pipe.isOver {
                        wake(.success(nil))
                    } else {
                        reader = wake
                    }
                }
            } catch {
                throw .cancelled
            }
            if text != nil { pipe.acknowledge(by: self) }
            return text
        }

        /// Ends the connection; what is on its way still arrives.
        public func close() { pipe.end(after: NetworkWeather.calm.latency.upperBound) }

        private func waitForRoom() async throws(TransportError) {
            do {
                try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                    writer = wake
                    node.simulation.after(SimulatedPipe.sendTimeout) {
                        wake(.failure(TransportError.timedOut))
                    }
                }
            } catch let error as TransportError {
                throw error
            } catch {
                throw .cancelled
            }
            if pipe.isOver { throw .broken }
        }
    }

    private let network: SimulatedNetwork
    private var client: End?
    private var server: End?
    fileprivate private(set) var isOver = false

    private init(_ network: SimulatedNetwork) { self.network = network }

    /// Connects two nodes; each holds its end, and the ends the connection.
    public static func connect(
        _ client: SimulatedNode, to server: SimulatedNode, on network: SimulatedNetwork
    ) -> (client: End, server: End) {
        let pipe = SimulatedPipe(network)
        let ends = (End(client, pipe), End(server, pipe))
        (pipe.client, pipe.server) = ends
        for node in [client, server] {
            // It holds the pipe as long as both nodes live.
            node.atCrash { pipe.end(after: .zero) }
        }
        return ends
    }

    private func other(_ end: End) -> End? { end === client ? server : client }

    private func carry(_ text: String, from end: End) {
        guard let receiver = other(end) else { return }
        let simulation = network.simulation
        let draws = network.draws(from: end.node.name, to: receiver.node.name)
        let arrival = simulation.now + draws.duration(in: network.weather.latency)
        receiver.lastArrival = max(receiver.lastArrival, arrival)
        simulation.at(receiver.lastArrival) { [self] in
            guard !isOver else { return }
            if network.isCut(from: end.node.name, to: receiver.node.name) {
                simulation.count("fault: live connection met a cut")
                return self.end(after: Self.silence)
            }
            receiver.arrived.append(text)
            if let reader = receiver.reader {
                receiver.reader = nil
                reader(.success(receiver.arrived.removeFirst()))
            }
        }
    }

    private func acknowledge(by end: End) {
        guard let sender = other(end) else { return }
        network.simulation.after(network.weather.latency.lowerBound) {
            sender.unreadCount -= 1
            sender.writer?(.success(()))
            sender.writer = nil
        }
    }

    private func end(after delay: Duration) {
        network.simulation.after(delay) { [self] in
            guard !isOver else { return }
            isOver = true
            for end in [client, server].compactMap(\.self) {
                end.reader?(.success(nil))
                end.writer?(.success(()))
                (end.reader, end.writer) = (nil, nil)
            }
        }
    }
}
