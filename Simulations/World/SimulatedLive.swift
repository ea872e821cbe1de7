import BSON
import Cluster
import ClusterSimulator
import HTTPTypes
import Platform
import Ports
import StarchairGateway
import Synchronization
import Trials

/// The live connections of a simulated cluster: the production logic on simulated pipes.
final class SimulatedLive: @unchecked Sendable {
    private let network: SimulatedNetwork
    /// What was accepted and is not yet picked up by the page that asked for it.
    private var accepted: [Int: SimulatedPipe.End] = [:]
    private var count = 0

    /// How long an accepted connection waits for its page, whose answer may be lost.
    static let pickUpTime = Duration.seconds(30)

    init(_ network: SimulatedNetwork) { self.network = network }

    struct Ask: Codable {
        var client: String
        var session: String
        var after: Int64
    }

    struct Accepted: Codable {
        var number: Int
    }

    /// Answers pages that ask a node for a connection.
    func listen(
        at address: Address, on node: SimulatedNode, _ live: LiveEdge,
        clients: @escaping @Sendable (String) -> SimulatedNode?
    ) async throws(TransportError) {
        try await network.transport(of: node).listen(at: address) { [weak self] frame in
            await self?.answer(frame, on: node, live, clients) ?? []
        }
    }

    private func answer(
        _ frame: [UInt8], on node: SimulatedNode, _ live: LiveEdge,
        _ clients: @Sendable (String) -> SimulatedNode?
    ) async -> [UInt8] {
        do {
            let ask = try BSONDecoder().decode(Ask.self, from: frame)
            guard let client = clients(ask.client),
                case .admitted(let visitor) = await live.admit(Self.head(ask))
            else { return [] }
            let ends = SimulatedPipe.connect(client, to: node, on: network)
            count += 1
            let number = count
            accepted[number] = ends.client
            node.simulation.count("live connections")
            node.simulation.after(Self.pickUpTime) { [weak self] in
                self?.accepted.removeValue(forKey: number)?.close()
            }
            node.start("live connection") {
                await live.serve(SimulatedLiveConnection(end: ends.server), to: visitor)
            }
            return try BSONEncoder().encode(Accepted(number: number))
        } catch {
            return []
        }
    }

    private static func head(_ ask: Ask) -> HTTPRequest {
        HTTPRequest(
            method: .get, scheme: "http", authority: "simulated", path: "/ws?after=\(ask.after)",
            headerFields: [.cookie: "starchair_session=\(ask.session)"])
    }

    fileprivate func pickUp(_ number: Int) -> SimulatedPipe.End? {
        accepted.removeValue(forKey: number)
    }

    /// A page's way to the notification service.
    func port(of node: SimulatedNode, to addresses: [Address]) -> any LivePort {
        Port(live: self, node: node, addresses: addresses)
    }

    private struct Port: LivePort {
        let live: SimulatedLive
        let node: SimulatedNode
        let addresses: [Address]

        func connect(
            session: String, after sequence: Int64
        ) async throws(NoAnswer) -> any LiveStream {
            let address = addresses[
                node.platform.random.below(addresses.count, for: "which live edge")]
            let ask = Ask(client: node.name, session: session, after: sequence)
            do {
                let answer = try await live.network.transport(of: node).call(
                    address, try BSONEncoder().encode(ask), timeout: .seconds(10))
                let accepted = try BSONDecoder().decode(Accepted.self, from: answer)
                if let end = live.pickUp(accepted.number) { return Stream(end: end) }
            } catch {
                throw NoAnswer()
            }
            throw NoAnswer()
        }
    }

    private struct Stream: LiveStream {
        let end: SimulatedPipe.End

        func next() async -> String? {
            do throws(TransportError) { return try await end.receive() } catch { return nil }
        }

        func close() async { end.close() }
    }
}

/// The service's side of a simulated live connection.
private struct SimulatedLiveConnection: LiveConnection {
    let end: SimulatedPipe.End

    func send(_ text: String) async throws(LiveError) {
        do throws(TransportError) {
            try await end.send(text)
        } catch {
            throw error == .timedOut ? .slow : .closed
        }
    }

    func receive() async throws(LiveError) -> String? {
        do throws(TransportError) { return try await end.receive() } catch { throw .closed }
    }

    func close(_ reason: LiveCloseReason) async { end.close() }
}
