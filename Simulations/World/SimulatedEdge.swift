import BSON
import Cluster
import ClusterSimulator
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import StarchairGateway
import Trials

/// The HTTP edge of a simulated node: the production routes, without a socket.
struct SimulatedEdge: Sendable {
    let responder: RouterResponder<GatewayContext>
    let node: SimulatedNode
    /// Uploads of a thousand that break off somewhere.
    let cutPermille: @Sendable () -> Int

    /// Bytes of a body that arrive at once.
    private static let pieceByteCount = 1024

    private static let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }

    /// Answers a request that came as a frame; a frame without bytes is a broken connection.
    func answer(_ frame: [UInt8]) async -> [UInt8] {
        do {
            let call = try BSONDecoder().decode(HTTPCall.self, from: frame)
            let cut = cutPoint(of: call)
            let answer = try await respond(to: call, cutAt: cut)
            return cut == nil ? try BSONEncoder().encode(answer) : []
        } catch {
            return []
        }
    }

    private func cutPoint(of call: HTTPCall) -> Int? {
        let draws = node.simulation.random("upload cut", id: node.name)
        guard call.path.hasSuffix("/upload"), draws.chance(permille: cutPermille())
        else { return nil }
        node.simulation.count("fault: upload cut")
        return draws.below(call.body.count + 1)
    }

    private struct BrokenConnection: Error {}

    private func respond(to call: HTTPCall, cutAt cut: Int?) async throws -> HTTPAnswer {
        let (body, source) = RequestBody.makeStream()
        let sending = node.start("request body") {
            var rest = ByteBuffer(bytes: call.body.prefix(cut ?? call.body.count))
            while let piece = rest.readSlice(
                length: min(Self.pieceByteCount, rest.readableBytes)), piece.readableBytes > 0
            {
                await source.yield(piece)
            }
            if cut == nil { source.finish() } else { source.finish(BrokenConnection()) }
        }
        defer { sending.cancel() }
        let request = Request(
            head: HTTPRequest(
                method: call.method == "GET" ? .get : .post, scheme: "http", authority: "simulated",
                path: call.path, headerFields: headers(of: call)), body: body)
        let response = try await responder.respond(
            to: request, context: GatewayContext(source: .init(logger: Self.logger)))
        let collected = Collected()
        try await response.body.write(collected.writer)
        return HTTPAnswer(
            status: response.status.code,
            headers: response.headers.map { [$0.name.rawName, $0.value] },
            body: Array(collected.buffer.readableBytesView))
    }

    private func headers(of call: HTTPCall) -> HTTPFields {
        var fields = HTTPFields()
        for header in call.headers where header.count == 2 {
            guard let name = HTTPField.Name(header[0]) else { continue }
            fields[values: name].append(header[1])
        }
        if !call.body.isEmpty { fields[.contentLength] = "\(call.body.count)" }
        return fields
    }

    /// An answer's body, as it is written.
    private final class Collected: @unchecked Sendable {
        var buffer = ByteBuffer()

        var writer: Writer { Writer(collected: self) }

        struct Writer: ResponseBodyWriter {
            let collected: Collected

            mutating func write(_ buffer: ByteBuffer) async throws {
                collected.buffer.writeImmutableBuffer(buffer)
            }

            consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
        }
    }
}
