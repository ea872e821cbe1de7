import BSON
import Cluster
import ClusterSimulator
import Platform
import Trials

/// A browser's connection to the installation, by way of a gateway that knows the prefixes.
struct SimulatedBrowser: HTTPPort {
    let transport: SimulatedTransport
    let platform: Platform
    /// Edges by the prefix that they serve.
    let edges: [(prefix: String, addresses: [Address])]
    let answers: AnswerLog?
    /// The name of the person's machine.
    let machine: String

    /// How long a browser waits for an answer.
    static let timeout = Duration.seconds(25)

    func exchange(_ request: HTTPCall) async throws(NoAnswer) -> HTTPAnswer {
        guard let edge = edges.first(where: { request.path.hasPrefix($0.prefix) }) else {
            preconditionFailure("nobody serves \(request.path)")
        }
        let start = platform.random.below(edge.addresses.count, for: "which edge")
        for offset in edge.addresses.indices {
            let address = edge.addresses[(start + offset) % edge.addresses.count]
            do throws(TransportError) {
                let answer = try Self.answer(
                    try await transport.call(address, Self.frame(request), timeout: Self.timeout))
                answers?.add(request.path, answer, to: machine)
                return answer
            } catch {
                // Only what was surely not begun may be given to another edge.
                guard error == .unreachable else { throw NoAnswer() }
            }
        }
        throw NoAnswer()
    }

    private static func frame(_ request: HTTPCall) -> [UInt8] {
        do {
            return try BSONEncoder().encode(request)
        } catch {
            preconditionFailure("a request holds text and bytes only: \(error)")
        }
    }

    private static func answer(_ frame: [UInt8]) throws(TransportError) -> HTTPAnswer {
        do {
            return try BSONDecoder().decode(HTTPAnswer.self, from: frame)
        } catch {
            throw .broken
        }
    }
}
