import Foundation
import Glibc
import Platform

/// One backing server on loopback, with free ports and a folder of its own: for trials and tests.
///
/// It needs no root. It is killed with this process, however that ends, and with this value.
public actor RunningServer {
    public nonisolated let server: BackingServer
    /// The port that its clients use.
    public nonisolated let port: Int
    /// How its clients are told where it is: a connection string, or host and port of Consul.
    public nonisolated let url: String
    private let site: ServerSite
    nonisolated let plan: ServerPlan
    private let platform: Platform
    private var life: Life?

    /// One life of the server: its first process, and our end of what it hangs on.
    private final class Life: Sendable {
        let process: ProcessIdentity
        private let tether: Int32

        init(_ process: ProcessIdentity, tether: Int32) {
            (self.process, self.tether) = (process, tether)
        }

        deinit { close(tether) }
    }

    fileprivate init(
        _ server: BackingServer, folder: String, programs: ServerPrograms, platform: Platform
    ) async throws {
        try PrivateFile.makeFolder(folder)
        site = ServerSite(
            folder: folder, address: "127.0.0.1",
            ports: try SocketAddress.freePorts(server.usualPorts.count),
            secrets: try ClusterSecrets(at: "\(folder)/secrets.json", platform.random))
        (self.server, self.platform) = (server, platform)
        plan = try server.plan(site, programs)
        port = site.ports[0]
        url = server.url(site)
        try await launch()
    }

    /// The first of its processes.
    public var process: ProcessIdentity? { life?.process }

    /// What its processes wrote.
    public nonisolated var log: String { "\(site.folder)/server.log" }

    /// Starts the server again on what it left on disk, and returns when it is ready.
    public func launch() async throws {
        guard life == nil else { return }
        try plan.prepare(site.folder)
        let tether = try await hang()
        life = tether
        try await plan.waitUntilReady(server, tether.process, log: log, platform: platform)
    }

    private func hang() async throws -> Life {
        var ends: [Int32] = [0, 0]
        // A pair of sockets, as no program that is started meanwhile may inherit an end.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw ClusterFailure("no tether could be made: \(String(cString: strerror(errno)))")
        }
        defer { close(ends[0]) }
        do {
            let process = try await Launcher(tool: Tool(clock: platform.clock)).launchTethered(
                plan.program, in: site.folder, log: log, tether: ends[0])
            return Life(process, tether: ends[1])
        } catch {
            close(ends[1])
            throw error
        }
    }

    /// Ends the server as a loss of power would, but for the disk.
    public func kill() async throws { try await end(SIGKILL, within: .zero) }

    /// Has the server end by itself, and kills it when it takes too long.
    public func stop() async throws { try await end(SIGTERM, within: Limit.gracefulEnd) }

    /// Kills the server and starts it again, with its data or without.
    public func restart(keepingData isKept: Bool = true) async throws {
        try await kill()
        if !isKept {
            for name in plan.data {
                try FileManager.default.removeItem(atPath: "\(site.folder)/\(name)")
            }
        }
        try await launch()
    }

    /// Stops the server where it is; its connections stay open and silent.
    public func pause() throws { try signal(SIGSTOP) }

    /// Lets a paused server go on.
    public func resume() throws { try signal(SIGCONT) }

    private func signal(_ number: Int32) throws {
        for process in try life?.process.group() ?? [] { process.signal(number) }
    }

    private func end(_ number: Int32, within limit: Duration) async throws {
        guard let life else { return }
        let begun = platform.clock.uptime
        try signal(number)
        try signal(SIGCONT)
        while try !life.process.group().isEmpty {
            let elapsed = platform.clock.uptime - begun
            if elapsed >= limit { try signal(SIGKILL) }
            guard elapsed < limit + Limit.killedEnd else {
                throw ClusterFailure("\(server.rawValue) cannot be ended")
            }
            try await platform.clock.sleep(for: .milliseconds(10))
        }
        self.life = nil
    }
}

extension BackingServer {
    /// Starts a server on loopback and returns when it is ready.
    ///
    /// - Parameter folder: an absolute path; what an earlier server left there is used again.
    public func start(
        in folder: String, programs: ServerPrograms, platform: Platform
    ) async throws -> RunningServer {
        try await RunningServer(self, folder: folder, programs: programs, platform: platform)
    }
}
