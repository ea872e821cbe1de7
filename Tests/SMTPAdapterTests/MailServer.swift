import Foundation
import SMTPAdapter
import Synchronization

/// An SMTP server of the tests' own, on a free port of the loopback; it dies with the process of
/// the tests, however that ends.
final class MailServer: Sendable {
    enum Mode: String, Codable {
        case plain
        case startTLS
        case implicitTLS
        case garbage
        /// It closes when the half of a letter is there.
        case half
    }

    struct Options: Codable {
        var mode = Mode.startTLS
        var password = ""
        var isSlow = false
        fileprivate(set) var port = 0
        fileprivate(set) var folder = ""
        fileprivate(set) var certificate = ""
        fileprivate(set) var key = ""
    }

    /// A message as Python's parser reads it.
    struct Received: Codable {
        let from: String
        let to: [String]
        let headers: [String]
        let id: String
        let subject: String
        let text: String
        let isSevenBit: Bool
        let longest: Int
        let overTLS: Bool
        let user: Bool
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct Life {
        let process: Process
        let input: Pipe
    }

    let port: Int
    /// The certificate to trust; empty without TLS.
    let certificateFile: String
    private let folder: TemporaryFolder
    private let options: Mutex<Options>
    private let life = Mutex<Life?>(nil)

    /// Starts a server and returns when it listens.
    init(
        _ certificate: Certificate = .right, _ change: (inout Options) -> Void = { _ in }
    ) throws {
        folder = try TemporaryFolder()
        var options = Options()
        change(&options)
        options.folder = folder.path
        if options.mode == .startTLS || options.mode == .implicitTLS {
            try certificate.make(in: folder)
            (options.certificate, options.key) = (
                folder.path(of: "cert.pem"), folder.path(of: "key.pem")
            )
        }
        certificateFile = options.certificate
        let process = try Self.start(options, in: folder)
        port = process.port
        options.port = port
        self.options = Mutex(options)
        life.withLock { $0 = process.life }
    }

    deinit { kill() }

    /// Ends it as kill -9 does.
    func kill() {
        let ended = life.withLock { life in
            defer { life = nil }
            return life
        }
        guard let ended else { return }
        Foundation.kill(ended.process.processIdentifier, SIGKILL)
        ended.process.waitUntilExit()
    }

    /// Starts it again after a kill, maybe changed.
    func start(_ change: (inout Options) -> Void = { _ in }) throws {
        let options = options.withLock { options in
            change(&options)
            return options
        }
        let process = try Self.start(options, in: folder)
        life.withLock { $0 = process.life }
    }

    /// The messages it took, oldest first.
    var received: [Received] {
        get throws {
            try folder.names().filter { $0.hasSuffix(".json") }.map { name in
                try JSONDecoder().decode(Received.self, from: Data(folder.bytes(of: name)))
            }
        }
    }

    /// Whether it keeps a letter waiting for its answer.
    var isKeepingWaiting: Bool { get throws { try folder.names().contains("slow") } }

    private static func start(
        _ options: Options, in folder: TemporaryFolder
    ) throws -> (life: Life, port: Int) {
        try folder.write(Array(script.utf8), to: "server.py")
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            folder.path(of: "server.py"),
            String(decoding: try JSONEncoder().encode(options), as: UTF8.self),
        ]
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw Failure(description: "the tests need python3 in /usr/bin: \(error)")
        }
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let port = Int(said) else {
            throw Failure(
                description: said == "missing"
                    ? "the tests need aiosmtpd: apt-get install python3-aiosmtpd"
                    : "the mail server did not start: \(said)")
        }
        return (Life(process: process, input: input), port)
    }
}
