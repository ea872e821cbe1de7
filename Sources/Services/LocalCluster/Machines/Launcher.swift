import Foundation
import Platform

/// Starts programs that go on when this process ends, or that end with it.
struct Launcher: Sendable {
    let tool: Tool

    /// The program leads a session, and so a process group, of its own; it is no child of ours.
    /// It minds the signals that a shell has its background ignore.
    private static let script = """
        cd "$1" || exit; log=$2; shift 2; umask 077
        env --default-signal setsid "$@" </dev/null >>"$log" 2>&1 &
        echo $!
        """
    /// The same, beside a guard that kills the group once its input ends, which it does with the
    /// process that holds the other end. A group's number is nobody else's while the group is
    /// there, and a leader that began at another time is another group's.
    private static let tetheredScript = """
        born() { read -r line <"/proc/$1/stat" && set -- ${line##*) } && shift 19 && echo "$1"; }
        cd "$1" || exit; log=$2; shift 2; umask 077
        exec 3<&0
        env --default-signal setsid "$@" </dev/null >>"$log" 2>&1 3<&- &
        server=$!; birth=$(born $server)
        { trap '' HUP INT TERM; read -r order <&3; now=$(born $server)
          [ "${now:-$birth}" != "$birth" ] || kill -9 -$server
        } >/dev/null 2>&1 &
        echo $server
        """

    /// Starts a program that goes on; its output is added to the file `log`.
    ///
    /// - Parameter namespace: the network that it finds itself in; the machine's own without one.
    func launch(
        _ program: Program, in folder: String, log: String, namespace: String? = nil
    ) async throws -> ProcessIdentity {
        try await start(program, Self.script, folder, log, namespace, tether: nil)
    }

    /// Starts a program that is killed when the other end of the connection `tether` is closed.
    func launchTethered(
        _ program: Program, in folder: String, log: String, tether: Int32
    ) async throws -> ProcessIdentity {
        try await start(program, Self.tetheredScript, folder, log, nil, tether: tether)
    }

    /// Into a network, which needs the root user, and out of all that the root user may do beyond
    /// its own files.
    private static func entrance(to namespace: String) -> [String] {
        [
            "nsenter", "--net=\(VirtualNetwork.path(of: namespace))", "setpriv",
            "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs",
        ]
    }

    private func start(
        _ program: Program, _ script: String, _ folder: String, _ log: String,
        _ namespace: String?, tether: Int32?
    ) async throws -> ProcessIdentity {
        let entrance = namespace.map(Self.entrance) ?? []
        let words =
            ["sh", "-c", script, "sh", folder, log] + entrance
            + [program.executable] + program.arguments
        let output: String
        if let tether {
            output = try await tool.run(
                words, environment: program.environment, inputDescriptor: tether)
        } else {
            output = try await tool.run(words, environment: program.environment)
        }
        let number = Int32(output.trimmingCharacters(in: .whitespacesAndNewlines))
        guard let number, let identity = ProcessIdentity(pid: number) else {
            throw ClusterFailure(
                "\(program.executable) ended at once:\n\(LogTail.lines(of: log))")
        }
        return identity
    }
}
