import Foundation

/// Whom a certificate is for that signs itself.
enum Certificate: String {
    /// The address at which the tests' servers listen.
    case right = "IP:127.0.0.1"
    /// Somebody else.
    case ofAnotherName = "DNS:elsewhere.example"

    /// Has openssl write the certificate and its key into a folder.
    func make(in folder: TemporaryFolder) throws {
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/env")
        tool.arguments =
            ["openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=tests"]
            + ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
            + ["-addext", "subjectAltName=\(rawValue)"]
            + ["-keyout", folder.path(of: "key.pem"), "-out", folder.path(of: "cert.pem")]
        (tool.standardInput, tool.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try tool.run()
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else {
            throw MailServer.Failure(
                description: "the tests need openssl: apt-get install openssl")
        }
    }
}
