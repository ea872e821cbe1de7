import Cluster
import ClusterNetwork
import Foundation
import Platform

@testable import LocalCluster

/// A Consul that speaks TLS alone and lets nobody do anything without a token; it dies with this
/// value or with the process of the tests, however that ends.
final class SecuredConsul: Sendable {
    /// Where its HTTPS interface is, as host and port.
    let agent: String
    let authorityFile: String
    /// The secret of whoever may do what a pod does, and nothing else.
    let token: String
    private let input = Pipe()
    private let exchange: HTTPClientExchange

    /// Kills the server when its own input ends.
    private static let script = """
        trap : HUP INT TERM
        "$@" </dev/null & server=$!
        read -r order; kill -9 $server
        """

    /// What a pod may do: it registers services and sees all, and its janitor removes nodes.
    private static let podRules =
        #"service_prefix \"\" { policy = \"write\" } node_prefix \"\" { policy = \"write\" }"#

    init(_ bench: Bench) async throws {
        let folder = "\(bench.folder)/secured-\(UUID().uuidString)"
        let ports = try SocketAddress.freePorts(4)
        let authority = CertificateAuthority(
            folder: "\(folder)/certificates", tool: Tool(clock: bench.platform.clock))
        try PrivateFile.makeFolder(folder)
        try await authority.prepare()
        try await authority.make(for: "consul", address: "127.0.0.1")
        let files = authority.place(of: "consul")
        (agent, authorityFile) = ("127.0.0.1:\(ports[0])", files.authority)
        let master = UUID().uuidString.lowercased()
        try PrivateFile.write(
            Self.settings(folder, ports, files, master: master), to: "\(folder)/consul.json")
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = [
            "-c", Self.script, "sh", try bench.programs.path(of: "consul"), "agent",
            "-config-file=\(folder)/consul.json",
        ]
        shell.standardInput = input
        (shell.standardOutput, shell.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        exchange = try HTTPClientExchange(trusting: authorityFile)
        try shell.run()
        let (agent, exchange) = (agent, exchange)
        try await bench.until("the secured Consul has a leader") {
            do throws(TransportError) {
                let answer = try await exchange.exchange(
                    HTTPRequestMessage(.get, at: agent, "/v1/status/leader"),
                    timeout: .seconds(1))
                return answer.status == 200 && answer.body.count > 4
            } catch { return false }
        }
        token = try await Self.makeToken(bench, exchange, agent, master)
    }

    private static func settings(
        _ folder: String, _ ports: [Int], _ files: CertificateAuthority.Files, master: String
    ) -> String {
        """
        {
          "server": true, "bootstrap_expect": 1, "node_name": "secured",
          "data_dir": "\(folder)/data", "bind_addr": "127.0.0.1", "client_addr": "127.0.0.1",
          "ports": {
            "http": -1, "https": \(ports[0]), "server": \(ports[1]), "serf_lan": \(ports[2]),
            "serf_wan": -1, "dns": -1, "grpc": -1
          },
          "cert_file": "\(files.certificate)", "key_file": "\(files.key)",
          "ca_file": "\(files.authority)", "verify_incoming": false,
          "acl": {
            "enabled": true, "default_policy": "deny",
            "tokens": { "master": "\(master)", "agent": "\(master)" }
          },
          "performance": { "raft_multiplier": 1 }, "connect": { "enabled": false },
          "disable_update_check": true, "disable_host_node_id": true, "log_level": "WARN"
        }
        """
    }

    private static func makeToken(
        _ bench: Bench, _ exchange: HTTPClientExchange, _ agent: String, _ master: String
    ) async throws -> String {
        struct Token: Decodable { let SecretID: String }
        let policy = #"{"Name": "pod", "Rules": "\#(podRules)"}"#
        var secret = ""
        try await bench.until("the secured Consul gives a token") {
            for (place, body) in [
                ("policy", policy), ("token", #"{"Policies": [{"Name": "pod"}]}"#),
            ] {
                var request = HTTPRequestMessage(.put, at: agent, "/v1/acl/\(place)")
                request.headers["x-consul-token"] = master
                request.body = Array(body.utf8)
                let answer = try await exchange.exchange(request, timeout: .seconds(5))
                guard answer.status == 200 else { return false }
                guard place == "token" else { continue }
                secret = try JSONDecoder().decode(Token.self, from: Data(answer.body)).SecretID
            }
            return true
        }
        return secret
    }
}
