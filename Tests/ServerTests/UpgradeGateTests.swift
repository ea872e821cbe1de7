import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import StarchairServer

/// What is read after a request for another protocol, without a connection.
@Suite struct UpgradeGateTests {
    private let channel = EmbeddedChannel()
    private let reads = ReadCounter()

    init() throws {
        try channel.pipeline.syncOperations.addHandlers([reads, UpgradeGate()])
    }

    private func receive(_ part: HTTPServerRequestPart) throws {
        try channel.writeInbound(part)
        channel.read()
    }

    private func head(_ method: HTTPMethod, _ headers: HTTPHeaders = [:]) -> HTTPServerRequestPart {
        .head(HTTPRequestHead(version: .http1_1, method: method, uri: "/", headers: headers))
    }

    @Test func `after an ordinary request more is read`() throws {
        try receive(head(.GET))
        try receive(.end(nil))
        let count = reads.count
        try receive(head(.POST))
        #expect(reads.count > count)
    }

    @Test func `a request for another protocol is read to its end, and nothing after it`() throws {
        for (method, headers) in [
            (HTTPMethod.POST, ["UPGRADE": "x"] as HTTPHeaders), (.CONNECT, [:]),
        ] {
            let test = try UpgradeGateTests()
            try test.receive(test.head(method, headers))
            let count = test.reads.count
            try test.receive(.body(ByteBuffer(string: "body")))
            #expect(test.reads.count > count)
            try test.receive(.end(nil))
            let last = test.reads.count
            test.channel.read()
            #expect(test.reads.count == last)
        }
    }
}
