import Platform
import Subprocess

/// Runs programs of the system that end by themselves: `ip`, `nft`, `openssl`.
struct Tool: Sendable {
    let clock: any NodeClock

    /// Where the system keeps programs; an operator's own PATH may lack those for root.
    static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    static let timeLimit = Duration.seconds(30)
    static let outputByteCountMaximum = 1 << 20

    /// What a program wrote to its output.
    ///
    /// - Throws: ``ClusterFailure`` with the program's own words when it did not end well.
    @discardableResult
    func run(
        _ words: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> String {
        try await run(words, environment: environment, .string(input))
    }

    /// Runs a program that finds an open file of this process as its input.
    func run(
        _ words: [String], environment: [String: String], inputDescriptor: Int32
    ) async throws -> String {
        try await run(
            words, environment: environment,
            .fileDescriptor(
                .init(rawValue: inputDescriptor), closeAfterSpawningProcess: false))
    }

    private func run(
        _ words: [String], environment: [String: String], _ input: some InputProtocol
    ) async throws -> String {
        var variables: [Environment.Key: String] = ["PATH": Self.searchPath]
        for (name, value) in environment {
            guard let key = Environment.Key(rawValue: name) else {
                throw ClusterFailure("'\(name)' cannot be the name of a variable")
            }
            variables[key] = value
        }
        let configuration = Configuration(
            executable: .path("/usr/bin/env"), arguments: Arguments(words),
            environment: .custom(variables))
        return try await within(Self.timeLimit, clock, "\(words[0]) did not end") {
            let result = try await Subprocess.run(
                configuration, input: input,
                output: .string(limit: Self.outputByteCountMaximum),
                error: .string(limit: Self.outputByteCountMaximum))
            guard result.terminationStatus.isSuccess else {
                throw ClusterFailure(
                    "\(words[0]) failed (\(result.terminationStatus)): \(result.standardError)")
            }
            return result.standardOutput
        }
    }
}
