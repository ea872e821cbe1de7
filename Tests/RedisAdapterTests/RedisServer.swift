import Foundation
import Glibc
import LocalCluster
import Synchronization

/// A Redis server of the tests' own, on a free port and with a folder of its own; it dies with
/// the process of the tests, however that ends.
final class RedisServer: Sendable {
    enum Failure: Error {
        case notReady(String)
    }

    /// One life of the server: a shell that kills it when its own input ends.
    private struct Life {
        let shell: Process
        let input: Pipe
        let pid: pid_t
    }

    static let password = "only for tests"
    /// Starts the server and says its number; when its input ends, so does the server, and its
    /// data too unless they are to be kept.
    /// (A shell's `wait` would sleep for ever: threads of Swift's hand it a blocked SIGCHLD.)
    private static let script = """
        trap : HUP INT TERM
        "$@" >>server.log 2>&1 </dev/null & server=$!
        echo $server; read -r order; kill -9 $server
        while grep -qs '^State:.[^Z]' /proc/$server/status; do sleep 0.01; done
        [ "$order" = keep ] || rm -rf "$PWD"
        """
    /// One that all tests may use that leave it alone.
    static let shared = Result { try RedisServer() }

    let port: Int
    private let folder: URL
    private let life = Mutex<Life?>(nil)

    /// Starts a server and returns when it answers.
    init() throws {
        port = try SocketAddress.freePorts(1)[0]
        folder = FileManager.default.temporaryDirectory
            .appending(path: "redis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    func start() throws {
        let (shell, input, output) = (Process(), Pipe(), Pipe())
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments =
            ["-c", Self.script, "sh", "redis-server", "--bind", "127.0.0.1", "--port", "\(port)"]
            + ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
            + ["--requirepass", Self.password]
        shell.currentDirectoryURL = folder
        (shell.standardInput, shell.standardOutput) = (input, output)
        try shell.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let pid = pid_t(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Failure.notReady(line)
        }
        life.withLock { $0 = Life(shell: shell, input: input, pid: pid) }
        var answer = ""
        for _ in 0..<300 {
            answer = try command("PING")
            if answer == "PONG" { return }
            usleep(20_000)
        }
        throw Failure.notReady(answer)
    }

    /// Ends the server as kill -9 does.
    func kill() {
        let ended = life.withLock { life in
            defer { life = nil }
            return life
        }
        guard let ended else { return }
        try? ended.input.fileHandleForWriting.write(contentsOf: Data("keep\n".utf8))
        ended.shell.waitUntilExit()
    }

    /// Kills the server and starts it again, with its data or without.
    func restart(keepingData isKept: Bool) throws {
        kill()
        if !isKept {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                try FileManager.default.removeItem(at: folder.appending(path: name))
            }
        }
        try start()
    }

    /// Stops it from running, or lets it run again.
    func freeze(_ isFrozen: Bool) {
        life.withLock { life in
            guard let pid = life?.pid else { return }
            Glibc.kill(pid, isFrozen ? SIGSTOP : SIGCONT)
        }
    }

    /// What the server answers to an operator's command.
    @discardableResult
    func command(_ arguments: String...) throws -> String {
        let (tool, output) = (Process(), Pipe())
        tool.executableURL = URL(filePath: "/usr/bin/env")
        tool.arguments =
            ["redis-cli", "--no-auth-warning", "-a", Self.password, "-h", "127.0.0.1"]
            + ["-p", "\(port)"] + arguments
        (tool.standardInput, tool.standardOutput) = (FileHandle.nullDevice, output)
        tool.standardError = FileHandle.nullDevice
        try tool.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        tool.waitUntilExit()
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
