import Foundation
import Glibc
import LocalCluster
import Synchronization

/// A RabbitMQ broker of the tests' own, on free ports and with a folder of its own; it dies with
/// the process of the tests, however that ends.
final class RabbitMQServer: Sendable {
    enum Failure: Error {
        case notInstalled
        case notReady(String)
        case tool(String)
    }

    /// One life of the broker: a shell that kills it when its own input ends.
    private struct Life {
        let shell: Process
        let input: Pipe
    }

    /// Starts the broker, which is several processes and so a group, beside its register of names.
    /// When its input ends, so do both, and its data too unless they are to be kept.
    /// (A shell's `wait` would sleep for ever: threads of Swift's hand it a blocked SIGCHLD.)
    private static let script = """
        trap : HUP INT TERM
        epmd -address 127.0.0.1 -port $ERL_EPMD_PORT >>epmd.log 2>&1 </dev/null & names=$!
        setsid "$@" >>server.log 2>&1 </dev/null & server=$!
        read -r order; kill -9 -$server; kill -9 $names
        while grep -qs '^State:.[^Z]' /proc/$server/status; do sleep 0.01; done
        [ "$order" = keep ] || rm -rf "$PWD"
        """
    private static let releases = "/usr/lib/rabbitmq/lib"
    /// The one that all tests use.
    static let shared = Result { try RabbitMQServer() }

    let port: Int
    /// The port where everything is encrypted.
    let tlsPort: Int
    private let program: String
    private let folder: URL
    private let environment: [String: String]
    private let life = Mutex<Life?>(nil)

    /// Starts a broker and returns when it can be reached.
    init() throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Self.releases)) ?? []
        guard let release = names.sorted().last(where: { $0.hasPrefix("rabbitmq_server-") })
        else { throw Failure.notInstalled }
        program = "\(Self.releases)/\(release)/sbin"
        folder = FileManager.default.temporaryDirectory
            .appending(path: "rabbitmq-\(UUID().uuidString)")
        let ports = try SocketAddress.freePorts(4)
        (port, tlsPort) = (ports[0], ports[1])
        environment = Self.environment(
            folder.path, port: port, distributionPort: ports[2], namesPort: ports[3])
        try prepare()
        try start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Whom to trust for the broker's certificate.
    var authorityFile: String { "\(folder.path)/\(BrokerCertificate.file)" }

    func start() throws {
        let (shell, input) = (Process(), Pipe())
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", Self.script, "sh", "\(program)/rabbitmq-server"]
        shell.currentDirectoryURL = folder
        shell.environment = environment
        shell.standardInput = input
        (shell.standardOutput, shell.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try shell.run()
        life.withLock { $0 = Life(shell: shell, input: input) }
        for _ in 0..<1200 {
            if Self.greets(port) { return }
            usleep(50_000)
        }
        let log = folder.appending(path: "server.log")
        throw Failure.notReady(String(decoding: try Data(contentsOf: log), as: UTF8.self))
    }

    /// Ends the broker as kill -9 does.
    func kill() {
        let ended = life.withLock { life in
            defer { life = nil }
            return life
        }
        try? ended?.input.fileHandleForWriting.write(contentsOf: Data("keep\n".utf8))
        ended?.shell.waitUntilExit()
    }

    /// Kills the broker and starts it again, with its data or without.
    func restart(keepingData isKept: Bool) throws {
        kill()
        if !isKept { try FileManager.default.removeItem(at: folder.appending(path: "mnesia")) }
        try start()
    }

    /// What the broker answers to an operator's command.
    @discardableResult
    func control(_ arguments: String...) throws -> String {
        let (tool, output) = (Process(), Pipe())
        tool.executableURL = URL(filePath: "\(program)/rabbitmqctl")
        tool.arguments = ["--quiet"] + arguments
        tool.environment = environment
        tool.currentDirectoryURL = folder
        (tool.standardInput, tool.standardOutput) = (FileHandle.nullDevice, output)
        tool.standardError = output
        try tool.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else { throw Failure.tool(text) }
        return text
    }

    private func prepare() throws {
        let files = FileManager.default
        for name in ["log", "mnesia"] {
            try files.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try BrokerCertificate.make(in: folder)
        let settings = """
            listeners.tcp.1 = 127.0.0.1:\(port)
            listeners.ssl.1 = 127.0.0.1:\(tlsPort)
            ssl_options.cacertfile = \(authorityFile)
            ssl_options.certfile = \(authorityFile)
            ssl_options.keyfile = \(folder.path)/\(BrokerCertificate.keyFile)
            log.console = true
            log.console.level = warning
            log.file = false
            disk_free_limit.absolute = 50MB
            vm_memory_high_watermark.absolute = 512MB
            """
        for (name, text) in [("rabbitmq.conf", settings), ("plugins", "[]."), ("ctl", "")] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let cookie = folder.appending(path: ".erlang.cookie")
        try Data("tests\(port)".utf8).write(to: cookie)
        try files.setAttributes([.posixPermissions: 0o400], ofItemAtPath: cookie.path)
    }

    private static func environment(
        _ folder: String, port: Int, distributionPort: Int, namesPort: Int
    ) -> [String: String] {
        [
            "HOME": folder, "LANG": "C.UTF-8",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "RABBITMQ_NODENAME": "tests\(port)@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_NODE_PORT": "\(port)",
            "RABBITMQ_DIST_PORT": "\(distributionPort)", "RABBITMQ_BASE": folder,
            "RABBITMQ_MNESIA_BASE": "\(folder)/mnesia", "RABBITMQ_LOG_BASE": "\(folder)/log",
            "RABBITMQ_CONFIG_FILE": "\(folder)/rabbitmq",
            "RABBITMQ_ADVANCED_CONFIG_FILE": "\(folder)/advanced.config",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_ENABLED_PLUGINS_FILE": "\(folder)/plugins",
            "RABBITMQ_GENERATED_CONFIG_DIR": "\(folder)/gen",
            "RABBITMQ_SERVER_START_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS":
                "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
            "ERL_EPMD_PORT": "\(namesPort)", "ERL_EPMD_ADDRESS": "127.0.0.1",
        ]
    }

    /// Whether a broker answers the greeting of AMQP 0-9-1 with a frame.
    private static func greets(_ port: Int) -> Bool {
        withSocket { socket in
            var address = address(port: port)
            let isOpen = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    connect(socket, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            var limit = timeval(tv_sec: 1, tv_usec: 0)
            setsockopt(
                socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            var answer: [UInt8] = [0, 0, 0]
            return isOpen && send(socket, Array("AMQP".utf8) + [0, 0, 9, 1], 8, 0) == 8
                && recv(socket, &answer, 3, 0) == 3 && answer == [1, 0, 0]
        }
    }

    private static func withSocket<Value>(_ body: (Int32) throws -> Value) rethrows -> Value {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return try body(socket)
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
