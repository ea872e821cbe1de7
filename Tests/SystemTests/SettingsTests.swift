import Foundation
import Testing

/// What `starchair serve` makes of its settings.
@Suite struct SettingsTests {
    private static let needed = [
        "address=10.0.0.7", "consul=10.0.0.2:8500", "mongodb=mongodb://u:geheim@10.0.0.3/",
        "redis=redis://:geheim@10.0.0.4", "rabbitmq=amqp://u:geheim@10.0.0.5/",
        "public.url=https://conference.example.org", "mail.folder=/tmp",
    ]

    private func serve(_ settings: [String], _ more: [String] = []) async throws -> (Int32, String)
    {
        let given = settings.flatMap { ["--set", $0] }
        let program = try Program(
            "starchair", ["serve", "UserService", "--check-settings"] + given + more)
        return (try await program.exitCode(), program.text)
    }

    @Test func `what is given is printed without its secrets`() async throws {
        let (code, text) = try await serve(Self.needed + ["http.port=5101", "consul.token=geheim"])
        #expect(code == 0, "\(text)")
        for line in [
            "STARCHAIR_ADDRESS = 10.0.0.7", "STARCHAIR_HTTP_PORT = 5101",
            "STARCHAIR_CONSUL = http://10.0.0.2:8500", "STARCHAIR_CONSUL_TOKEN = ***",
        ] {
            #expect(text.contains(line + "\n"))
        }
        #expect(!text.contains("geheim"))
    }

    @Test func `what is given goes before a file`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/pod.json"
        let settings = #"{"starchair": {"address": "10.0.0.8", "operator": {"port": "6101"}}}"#
        try Data(settings.utf8).write(to: URL(filePath: file))
        let (code, text) = try await serve(Self.needed, ["--settings", file])
        #expect(code == 0, "\(text)")
        #expect(text.contains("STARCHAIR_ADDRESS = 10.0.0.7\n"))
        #expect(text.contains("STARCHAIR_OPERATOR_PORT = 6101\n"))
    }

    @Test func `servers may be reached by TLS, with the system's authorities or others`()
        async throws
    {
        let (code, text) = try await serve(
            Self.needed + [
                "consul=https://consul:8501", "consul.authority=/ca.pem",
                "rabbitmq=amqps://u:p@rabbit",
            ])
        #expect(code == 0, "\(text)")
        #expect(text.contains("STARCHAIR_CONSUL = https://consul:8501\n"))
        #expect(text.contains("STARCHAIR_CONSUL_AUTHORITY = /ca.pem\n"))
        #expect(text.contains("STARCHAIR_RABBITMQ = amqps://u:***@rabbit:5671/\n"))
        #expect(text.contains("STARCHAIR_RABBITMQ_AUTHORITY = /etc/ssl/certs"))
    }

    @Test(arguments: [
        ("consul=nowhere", "STARCHAIR_CONSUL must be like"),
        ("consul=http://10.0.0.2:8500/v1", "STARCHAIR_CONSUL must be like"),
        ("consul.authority=/ca.pem", "STARCHAIR_CONSUL_AUTHORITY is for https:// alone"),
        ("rabbitmq.authority=/ca.pem", "STARCHAIR_RABBITMQ_AUTHORITY is for amqps:// alone"),
        ("redis=amqp://h", "STARCHAIR_REDIS must be like"),
        ("http.port=0", "STARCHAIR_HTTP_PORT must be a number from 1 to 65535"),
        ("address=", "STARCHAIR_ADDRESS is missing"),
        ("public.url=ftp://h", "STARCHAIR_PUBLIC_URL must be like"),
        ("tls.key=/key.pem", "STARCHAIR_TLS_CERTIFICATE is set together"),
    ])
    func `what cannot be used is named`(_ setting: String, _ reason: String) async throws {
        let (code, text) = try await serve(Self.needed + [setting])
        #expect(code == 1)
        #expect(text.contains("the setting " + reason), "\(text)")
        #expect(!text.contains("geheim"))
    }

    @Test(arguments: ["adress=10.0.0.7", "address", "=x"])
    func `what is no setting is wrong usage`(_ setting: String) async throws {
        let (code, text) = try await serve(Self.needed + [setting])
        #expect(code == 64)
        #expect(text.contains("'\(setting)' is invalid"), "\(text)")
    }
}
