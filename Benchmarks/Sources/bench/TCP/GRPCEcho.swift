import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// The echo's one method, whose messages are bytes as they are.
enum GRPCEcho {
    static let method = MethodDescriptor(fullyQualifiedService: "bench.Echo", method: "Answer")

    struct Bytes: MessageSerializer, MessageDeserializer {
        func serialize<Output: GRPCContiguousBytes>(_ message: [UInt8]) -> Output {
            Output(message)
        }

        func deserialize(_ bytes: some GRPCContiguousBytes) -> [UInt8] {
            bytes.withUnsafeBytes { Array($0) }
        }
    }
}

/// gRPC's server.
struct GRPCEchoServer: RegistrableRPCService {
    private let echo = Echo()

    /// Serves at a port of the system's choice.
    static func start() async throws -> Int {
        let transport = HTTP2ServerTransport.Posix(
            address: .ipv4(host: EchoPlaces.host, port: 0), transportSecurity: .plaintext,
            config: .defaults { $0.http2.maxConcurrentStreams = 1024 })
        let server = GRPCServer(transport: transport, services: [GRPCEchoServer()])
        Task { try await server.serve() }
        guard let port = try await transport.listeningAddress.ipv4?.port else {
            preconditionFailure("a server has a port")
        }
        return port
    }

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: GRPCEcho.method, deserializer: GRPCEcho.Bytes(),
            serializer: GRPCEcho.Bytes()
        ) { [echo] request, _ in
            let request = try await ServerRequest(stream: request)
            let answer = ServerResponse(message: await echo.answer(request.message))
            return StreamingServerResponse(single: answer)
        }
    }
}

/// gRPC's client.
struct GRPCEchoClient: Sendable {
    private let client: GRPCClient<HTTP2ClientTransport.Posix>

    static func connect(port: Int) throws -> GRPCEchoClient {
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: EchoPlaces.host, port: port), transportSecurity: .plaintext)
        let client = GRPCClient(transport: transport)
        Task { try await client.runConnections() }
        return GRPCEchoClient(client: client)
    }

    func call(_ message: [UInt8]) async throws -> [UInt8] {
        try await client.unary(
            request: ClientRequest(message: message), descriptor: GRPCEcho.method,
            serializer: GRPCEcho.Bytes(), deserializer: GRPCEcho.Bytes(), options: .defaults
        ) { try $0.message }
    }
}
