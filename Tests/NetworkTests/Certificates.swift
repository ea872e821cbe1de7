import ClusterNetwork
import Foundation

/// Certificates of an authority made for one test, in a folder that goes with it.
final class Certificates {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "starchair-certificates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try openSSL(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                + "-subj /CN=authority -keyout authority.key -out authority.pem")
    }

    deinit { _ = Result { try FileManager.default.removeItem(at: folder) } }

    /// Makes a certificate that the authority vouches for, under file names that begin so.
    func issue(_ name: String) throws -> TLSFiles.Paths {
        try openSSL(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(name) "
                + "-keyout \(name).key -out \(name).csr")
        try openSSL(
            "x509 -req -days 2 -in \(name).csr -CA authority.pem -CAkey authority.key "
                + "-CAcreateserial -out \(name).pem")
        return paths(name)
    }

    func paths(_ name: String) -> TLSFiles.Paths {
        TLSFiles.Paths(
            certificate: path("\(name).pem"), key: path("\(name).key"),
            authority: path("authority.pem"))
    }

    func path(_ file: String) -> String { folder.appending(path: file).path() }

    private func openSSL(_ arguments: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments.split(separator: " ").map(String.init)
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}
