import ArgumentParser
import Foundation
import LocalCluster

/// What runs, and what does not.
struct ClusterStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show every machine: whether it runs, and what the registry says of it.",
        discussion: """
            Memory is that of all processes of a machine; what they share is counted in each.

            Exit codes: 0 all is well; 1 something is not: dead, paused, cut off, not passing.
            """)

    @OptionGroup var cluster: ClusterOptions

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func run() async throws {
        var machines: [MachineStatus] = []
        try await cluster.with(isChange: false) { machines = await $0.status() }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            Terminal.say(String(decoding: try encoder.encode(machines), as: UTF8.self))
        } else {
            for line in Self.table(machines) { Terminal.say(line) }
        }
        guard machines.allSatisfy(\.isWell) else { throw ExitCode.failure }
    }

    private static func table(_ machines: [MachineStatus]) -> [String] {
        let rows = [["machine", "address", "pid", "state", "MiB", "registry", "cut from"]]
        let lines =
            rows
            + machines.map { machine in
                [
                    machine.name, machine.address, machine.pid.map { "\($0)" } ?? "-",
                    machine.state.rawValue, "\(machine.residentByteCount >> 20)",
                    machine.registry?.rawValue ?? "-",
                    machine.cuts.isEmpty ? "-" : machine.cuts.joined(separator: ", "),
                ]
            }
        let widths = lines[0].indices.map { column in
            lines.map { $0[column].count }.max() ?? 0
        }
        return lines.map { cells in
            zip(cells, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
                .joined(separator: "  ").replacing(/\ +$/, with: "")
        }
    }
}
