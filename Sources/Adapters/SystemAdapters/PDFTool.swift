import Glibc
import Platform
import Subprocess

/// `qpdf` in a child process with bounded memory, time and output, and without an environment.
struct PDFTool: Sendable {
    /// What a run has shown.
    enum Outcome: Hashable, Sendable {
        /// It ended by itself.
        case ended(code: Int32, output: String, errors: String)
        /// It broke one of the bounds, or crashed.
        case gaveUp
        /// The machine did not let it come to an end.
        case interrupted
    }

    private static let outputByteCountMaximum = 4 << 10
    private static let errorByteCountMaximum = 64 << 10

    private let qpdf: String
    private let prlimit: String
    private let limits: PDFInspectionLimits
    private let clock: any NodeClock

    /// Looks for the programs in `folders`.
    init(
        in folders: [String], limits: PDFInspectionLimits, clock: any NodeClock
    ) throws(PDFInspectorError) {
        qpdf = try Self.find("qpdf", in: folders)
        prlimit = try Self.find("prlimit", in: folders)
        self.limits = limits
        self.clock = clock
    }

    /// Counts the pages of the file at an absolute path.
    func countPages(_ path: String) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { try await run(path) }
            group.addTask {
                try await clock.sleep(for: limits.wallTime)
                return .interrupted
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .interrupted
        }
    }

    private func run(_ path: String) async throws -> Outcome {
        do {
            let result = try await Subprocess.run(
                .path(.init(prlimit)), arguments: arguments(path), environment: .custom([:]),
                output: .string(limit: Self.outputByteCountMaximum),
                error: .string(limit: Self.errorByteCountMaximum))
            return switch result.terminationStatus {
            case .exited(let code):
                .ended(code: code, output: result.standardOutput, errors: result.standardError)
            case .signaled(SIGKILL): .interrupted
            case .signaled: .gaveUp
            }
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .gaveUp
        }
    }

    /// The time limit is soft, so that it ends the child by a signal that nothing else sends.
    private func arguments(_ path: String) -> Arguments {
        let seconds = limits.processorTime.components.seconds
        return Arguments([
            "--as=\(limits.memoryByteCount)", "--cpu=\(seconds):\(seconds + 5)", "--core=0",
            "--fsize=0", qpdf, "--no-warn", "--show-npages", path,
        ])
    }

    private static func find(
        _ name: String, in folders: [String]
    ) throws(PDFInspectorError) -> String {
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: { access($0, X_OK) == 0 }) else {
            throw .missingTool(name)
        }
        return path
    }
}
