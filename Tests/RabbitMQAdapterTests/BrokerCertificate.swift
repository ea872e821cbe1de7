import Foundation

/// The certificate that the tests' broker shows, which is its own authority; it is for
/// `localhost`.
enum BrokerCertificate {
    static let file = "broker.crt"
    static let keyFile = "broker.key"

    /// Has openssl write the certificate and its key into a folder.
    static func make(in folder: URL) throws {
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/openssl")
        tool.arguments = [
            "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-newkey", "ec",
            "-pkeyopt", "ec_paramgen_curve:P-256", "-addext", "subjectAltName=DNS:localhost",
            "-out", file, "-keyout", keyFile,
        ]
        tool.currentDirectoryURL = folder
        tool.standardError = FileHandle.nullDevice
        try tool.run()
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else {
            throw RabbitMQServer.Failure.tool("openssl cannot make a certificate")
        }
    }
}
