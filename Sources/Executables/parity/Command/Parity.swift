import ArgumentParser
import ClusterNetwork
import Foundation
import Glibc

/// The program that holds the simulated parts against the real ones.
@main
struct Parity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parity",
        abstract: "Ask the simulated parts and the real ones the same, and compare the answers.",
        discussion: """
            Sequences of operations are drawn from seeds. Each is played on the real part and, in \
            a simulation, on the simulated one; a difference is shrunk and printed with the \
            command that replays it. Servers are started on loopback and end with the program, \
            unless STARCHAIR_PARITY_REDIS, _CONSUL, _MONGODB or _RABBITMQ says where one is.

            Components: \(ComponentName.allCases.map(\.rawValue).joined(separator: ", ")).
            Planted deviations: \(Plant.allCases.map(\.rawValue).joined(separator: ", ")).

            Exit codes: 0 all answers are the same; 1 some differ; 2 wrong usage; 5 an outcome \
            of the table was never seen, or is not in it; 69 a server cannot be had.
            """)

    @Argument(help: "What to compare; everything if not given.")
    var components: [ComponentName] = []

    @Option(help: "Operations of each component, in sequences.")
    var operations = 1000

    @Option(help: "The seed of the first sequence; each further one has the next.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Of one sequence, play these operations alone.", valueName: "n,…"))
    var only: Positions?

    @Option(help: "A deviation to plant in a simulated part.")
    var plant: Plant?

    @Flag(help: "Print the differences that are known, with their reasons, and compare nothing.")
    var differences = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard (1...1_000_000).contains(operations) else {
            throw ValidationError("--operations is 1 to 1000000")
        }
        if only != nil, components.count != 1 {
            throw ValidationError("--only wants one component")
        }
    }

    func run() async throws {
        if differences { return Output.write(KnownDifferences.text(of: selected)) }
        var request = ComparisonRequest(operationCount: operations, seed: seed)
        request.positions = only?.values
        let system = SystemPlatform(.init(offloadThreadCount: 8))
        let servers = Servers(
            environment: ProcessInfo.processInfo.environment, platform: system.platform)
        let result = await Result { () async throws -> [ComparisonReport] in
            var reports: [ComparisonReport] = []
            for name in selected {
                let bench = Bench(servers: servers, system: system, plant: plant)
                let report = try await bench.compare(name, request)
                if !json { Output.write(ReportText(report, plant: plant).text) }
                reports.append(report)
            }
            return reports
        }
        try await servers.end()
        await system.shutDown()
        let reports = try result.get()
        if json { Output.write(try ReportText.json(reports)) }
        let codes = reports.map { $0.exitCode(isWhole: only == nil) }
        if let code = codes.filter({ $0 != 0 }).min() { throw ExitCode(code) }
    }

    /// A plant is looked for where it is planted.
    private var selected: [ComponentName] {
        if !components.isEmpty { return components }
        return plant.map { [$0.component] } ?? ComponentName.allCases
    }

    /// EX_UNAVAILABLE of sysexits.h.
    private static let unavailable: Int32 = 69

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            // Help is not wrong; else it is wrong usage, or a server that cannot be had.
            let code = exitCode(for: error)
            Output.write(fullMessage(for: error), isError: !code.isSuccess)
            Glibc.exit(code.isSuccess ? 0 : code == .validationFailure ? 2 : unavailable)
        }
    }
}

extension Result where Failure == any Error {
    /// What `body` returns or throws.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

extension ComparisonReport {
    /// Differences first, then outcomes of which nothing is known.
    func exitCode(isWhole: Bool) -> Int32 {
        if !differences.isEmpty { return 1 }
        return isWhole && !(neverSeen + unlisted).isEmpty ? 5 : 0
    }
}
