import Synchronization

/// The sequences that are still to be played, and what the others came to.
final class ComparisonBoard: Sendable {
    private struct State {
        var report: ComparisonReport
        var takenCount = 0
    }

    /// How often the progress is told.
    private static let progressCount = 10

    private let request: ComparisonRequest
    private let sizes: [Int]
    private let state: Mutex<State>

    init(_ report: ComparisonReport, _ request: ComparisonRequest, _ sequenceLength: Int) {
        self.request = request
        sizes = request.sequenceSizes(length: sequenceLength)
        state = Mutex(State(report: report))
    }

    var sequenceCount: Int { sizes.count }

    /// The next seed and the operations of its sequence; nil when all are taken, or enough differ.
    func takeSequence() -> (seed: UInt64, positions: [Int])? {
        state.withLock { state in
            guard state.takenCount < sizes.count,
                state.report.differences.count < request.differenceCountMaximum
            else { return nil }
            defer { state.takenCount += 1 }
            return (
                request.seed &+ UInt64(state.takenCount),
                request.positions ?? Array(0..<sizes[state.takenCount])
            )
        }
    }

    /// Counts what a sequence was answered by the real part, and says how far it has come at each
    /// tenth of the way.
    func note(_ answers: [Answer]) -> String? {
        state.withLock { state in
            let before = state.report.tally.sequenceCount * Self.progressCount / sizes.count
            state.report.tally.add(answers)
            let tally = state.report.tally
            guard tally.sequenceCount * Self.progressCount / sizes.count > before,
                sizes.count > Self.progressCount
            else { return nil }
            return "\(state.report.component.rawValue): \(tally.operationCount) of "
                + "\(sizes.reduce(0, +)) operations"
        }
    }

    /// Notes a difference with what it needs; without, it did not come again.
    func note(_ difference: Difference, seed: UInt64, _ shrunk: ShrunkDifference?) {
        state.withLock { state in
            if let shrunk {
                state.report.differences.append(shrunk)
            } else {
                state.report.unrepeated.append((seed, difference))
            }
        }
    }

    /// What all came to, in the order of the seeds.
    var report: ComparisonReport {
        var report = state.withLock(\.report)
        report.differences.sort { $0.seed < $1.seed }
        report.unrepeated.sort { $0.seed < $1.seed }
        return report
    }
}
