import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// What a caller is told of what a handler did.
struct OutcomeTests {
    private enum OtherCode: String, RefusalCode {
        case strange
    }

    private struct Mishap: Error {}

    /// The end of a call whose handler does `greet`, over a transport within one process.
    private func end(
        of message: Greet = Greet(),
        _ greet: @escaping @Sendable (Greet, CallContext) async throws -> String
    ) throws -> CallEnd {
        try onOneNode { process in
            let platform = process.platform
            let node = Node(
                .init(address: "here"), platform: platform,
                transport: LocalTransport(platform: platform),
                registry: LocalRegistry(platform: platform))
            node.host(greeter(greet))
            try await node.start()
            return await node.client.greet(message, timeout: .seconds(5))
        }
    }

    @Test(arguments: ["", "Ada", "e\u{301}\0🧑🏽‍🚀\u{202E}", String(repeating: "x", count: 100_000)])
    func `a reply arrives as it was given`(name: String) throws {
        let end = try end(of: Greet(name: name)) { message, _ in message.name + "!" }
        #expect(end == .done(name + "!"))
    }

    @Test func `a refusal arrives with its code and its parameters`() throws {
        let end = try end { _, _ in throw Refusal(Greet.Code.tooLoud, ["limit": "3", "": "é"]) }
        #expect(end == .refused("tooLoud", known: true, ["limit": "3", "": "é"]))
    }

    @Test(arguments: ClusterError.allCases.filter { !$0.isWorthRetrying && $0 != .cancelled })
    func `an error of the cluster arrives as it is`(error: ClusterError) throws {
        #expect(try end { _, _ in throw error } == .unknown(error))
    }

    @Test func `any other error of a handler is a failure without details`() throws {
        #expect(try end { _, _ in throw Mishap() } == .unknown(.failed))
    }

    @Test func `a refusal of another message's code is a defect, not a refusal`() throws {
        #expect(try end { _, _ in throw Refusal(OtherCode.strange) } == .unknown(.failed))
    }

    @Test func `a refused call of the handler's own is a defect of the handler`() throws {
        let end = try end { _, _ in
            throw CallFailure<Greet.Code>.refused(Refusal(.unwelcome))
        }
        #expect(end == .unknown(.failed))
    }

    @Test func `an unknown outcome behind the handler is passed on`() throws {
        let end = try end { _, _ in throw CallFailure<OtherCode>.unknown(.storageFull) }
        #expect(end == .unknown(.storageFull))
    }

    @Test(arguments: ["tooQuiet", "", "TooLoud", "tooLoud "])
    func `a refusal of a newer release arrives as its raw code`(code: String) throws {
        let end = try end(answer: Answer(status: .refused, code: code, parameters: ["a": "b"]))
        #expect(end == .refused(code, known: false, ["a": "b"]))
    }

    @Test func `a refusal without parameters has none`() throws {
        let end = try end(answer: Answer(status: .refused, code: "unwelcome"))
        #expect(end == .refused("unwelcome", known: true, [:]))
    }

    @Test(arguments: [nil, "", "eclipse"])
    func `an error of a newer release is a failure`(code: String?) throws {
        #expect(try end(answer: Answer(status: .failed, code: code)) == .unknown(.failed))
    }

    @Test(arguments: [nil, [], [5, 0, 0, 0, 0], [5, 0, 0, 0]] as [[UInt8]?])
    func `a reply that cannot be read is malformed`(body: [UInt8]?) throws {
        #expect(try end(answer: Answer(status: .done, body: body)) == .unknown(.malformed))
    }

    private func end(answer: Answer) throws -> CallEnd {
        try onOneNode { process in
            await ClusterClient(process.platform, greetersAt: ["there"]) { _, _ in answer }.greet()
        }
    }

    @Test func `an answer that is no frame is malformed`() throws {
        struct Noise: Transport {
            func call(
                _ address: Address, _ frame: [UInt8], timeout: Duration
            ) async throws(TransportError) -> [UInt8] { [1, 2, 3] }
            func listen(
                at address: Address, _ handler: @escaping FrameHandler
            ) async throws(TransportError) {}
            func stopListening(at address: Address) async {}
        }
        let end = try onOneNode { process in
            let platform = process.platform
            let directory = Directory(
                platform: platform, registry: LocalRegistry(platform: platform),
                ownAddress: "desk")
            directory.apply(.greeters(["there"]))
            return await ClusterClient(
                platform: platform, transport: Noise(), directory: directory,
                attemptTimeout: .seconds(1)
            ).greet()
        }
        #expect(end == .unknown(.malformed))
    }

    @Test func `a service that nobody serves is unreachable`() throws {
        let end = try onOneNode { process in
            await ClusterClient(process.platform, greetersAt: []) { _, _ in .greeting("") }
                .greet(timeout: .seconds(1))
        }
        #expect(end == .unknown(.unreachable))
    }

    @Test func `every code of the wire is the name of its error`() {
        for error in ClusterError.allCases {
            #expect(error.rawValue == "\(error)")
            #expect(error.clusterError == error)
        }
    }
}
