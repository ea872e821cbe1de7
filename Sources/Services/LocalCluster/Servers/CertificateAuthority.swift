import Foundation
import Platform

/// The cluster's own authority, whose certificates the nodes show each other.
struct CertificateAuthority: Sendable {
    /// Where a machine's certificate is, all in PEM form.
    struct Files: Sendable {
        let certificate: String
        let key: String
        let authority: String
    }

    let folder: String
    let tool: Tool

    private static let dayCount = 3650
    /// The system's own settings would add extensions that contradict ours.
    private static let settings = "[req]\ndistinguished_name = name\n[name]\n"
    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private var authority: Files {
        Files(
            certificate: "\(folder)/authority.crt", key: "\(folder)/authority.key",
            authority: "\(folder)/authority.crt")
    }

    /// Where the files of a machine are, once they are made.
    func place(of machine: String) -> Files {
        let name = machine.replacing("/", with: "-")
        return Files(
            certificate: "\(folder)/\(name).crt", key: "\(folder)/\(name).key",
            authority: authority.certificate)
    }

    /// Makes the files of a machine, unless they are there.
    func make(for machine: String, address: String) async throws {
        try await make(
            place(of: machine), machine.replacing("/", with: "-"),
            extensions: [
                "basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature",
                "extendedKeyUsage=serverAuth,clientAuth", "subjectAltName=IP:\(address)",
            ], signedBy: authority)
    }

    /// Makes the authority, unless it is there.
    func prepare() async throws {
        try PrivateFile.makeFolder(folder)
        try await make(
            authority, "Starchair cluster",
            extensions: [
                "basicConstraints=critical,CA:TRUE,pathlen:0",
                "keyUsage=critical,keyCertSign,cRLSign",
            ], signedBy: nil)
    }

    /// The certificate appears after its key, and under its name only when it is whole.
    private func make(
        _ files: Files, _ name: String, extensions: [String], signedBy issuer: Files?
    ) async throws {
        guard access(files.certificate, R_OK) != 0 else { return }
        let draft = files.certificate + ".new"
        var words = ["openssl", "req", "-x509", "-config", "/dev/stdin"] + Self.newKey
        words += ["-keyout", files.key, "-out", draft, "-days", "\(Self.dayCount)"]
        words += ["-subj", "/CN=\(name)"]
        words += extensions.flatMap { ["-addext", $0] }
        if let issuer { words += ["-CA", issuer.certificate, "-CAkey", issuer.key] }
        try await tool.run(words, input: Self.settings)
        guard chmod(files.key, 0o600) == 0, rename(draft, files.certificate) == 0 else {
            throw ClusterFailure("\(files.certificate) cannot be written")
        }
    }
}
