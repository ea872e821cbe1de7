import ClusterSimulator
import Synchronization
import Trials

/// Two runs of one seed that differ only in who the reviewers are, or who the authors are: what
/// the others are answered must be the same, byte for byte.
public struct Twins: Sendable {
    /// What a comparison came to.
    public struct Result: Sendable {
        /// Answers that were compared.
        public var answerCount = 0
        /// Bytes of their bodies.
        public var byteCount = 0
        /// Answers that differ, or that only one of the two got.
        public var differenceCount = 0
        /// The first difference, for people to read.
        public var firstDifference: String?

        mutating func add(_ other: Result) {
            answerCount += other.answerCount
            byteCount += other.byteCount
            differenceCount += other.differenceCount
            firstDifference = firstDifference ?? other.firstDifference
        }
    }

    private let side: WholeConference.Side
    private let plant: Plant?

    /// Twins that differ on one side, with a planted bug if one is given.
    public init(_ side: WholeConference.Side, plant: Plant? = nil) {
        self.side = side
        self.plant = plant
    }

    /// The bug that shows what the policy hides, so that it is known what would have differed.
    public static func plant(for side: WholeConference.Side) -> Plant? {
        Plant.named(side == .reviewers ? "reviewers-shown" : "authors-shown")
    }

    /// Runs one seed twice and compares.
    public func compare(seed: UInt64) -> Result {
        let (first, second) = (run(seed, isTwin: false).log, run(seed, isTwin: true).log)
        var result = Result()
        for machine in ConferenceRun.machines(of: side == .reviewers ? .authors : .reviewers) {
            result.add(
                Self.compare(first.answers(to: machine), second.answers(to: machine)))
        }
        return result
    }

    /// Runs many seeds on several threads and adds up.
    ///
    /// - Parameter onSeed: is told how many are done.
    public func compare(
        seeds count: Int, from first: UInt64, onThreads threadCount: Int,
        onSeed: @escaping @Sendable (Int) -> Void
    ) -> Result {
        struct Progress {
            var next: UInt64
            var doneCount = 0
            var result = Result()
        }
        let progress = Mutex(Progress(next: first))
        let end = first + UInt64(count)
        let twins = self
        SimulationThread.run(on: threadCount) {
            while true {
                let seed = progress.withLock { progress -> UInt64? in
                    guard progress.next < end else { return nil }
                    defer { progress.next += 1 }
                    return progress.next
                }
                guard let seed else { return }
                let result = twins.compare(seed: seed)
                progress.withLock { progress in
                    progress.result.add(result)
                    progress.doneCount += 1
                    onSeed(progress.doneCount)
                }
            }
        }
        return progress.withLock(\.result)
    }

    /// The first thing that happened in one run of a seed and not in the other, with what came
    /// before it; nil when they went alike to the end. Runs may go alike and answer differently.
    public func parting(seed: UInt64) -> [String]? {
        let runs = [false, true].map { run(seed, isTwin: $0, recordsTrace: true).report.trace }
        let (first, second) = (runs[0], runs[1])
        let pairs = zip(first, second).enumerated()
        let parting = pairs.first { $1.0.place != $1.1.place }?.offset
        guard let parting else { return nil }
        return first[max(0, parting - 20)..<parting].map(\.place)
            + ["either: " + first[parting].place, "or: " + second[parting].place]
    }

    private func run(
        _ seed: UInt64, isTwin: Bool, recordsTrace: Bool = false
    ) -> (log: AnswerLog, report: SimulationReport) {
        var size = WholeConference.Size()
        // A member who is an author knows its co-authors.
        size.coauthorCount = 0
        size.settlingTime = .seconds(15)
        if isTwin { size.swapped = side }
        let (log, plant) = (AnswerLog(), plant)
        var options = SimulationOptions(seed: seed, policy: nil)
        options.recordsTrace = recordsTrace
        let report = Scenario("twins", "") { [size] simulation in
            await ConferenceRun(simulation, plant, Adversity(), size: size, answers: log).run()
        }.simulate(options)
        return (log, report)
    }

    private static func compare(_ first: [AnswerLog.Entry], _ second: [AnswerLog.Entry]) -> Result {
        var result = Result()
        result.answerCount = max(first.count, second.count)
        result.byteCount = first.reduce(0) { $0 + $1.answer.body.count }
        result.differenceCount = abs(first.count - second.count)
        for (one, other) in zip(first, second) where one != other {
            result.differenceCount += 1
            if result.firstDifference == nil {
                result.firstDifference = """
                    \(one.path): \(one.answer.status) \(text(one)) \
                    | \(other.path): \(other.answer.status) \(text(other))
                    """
            }
        }
        return result
    }

    private static func text(_ entry: AnswerLog.Entry) -> String {
        String(decoding: entry.answer.body, as: UTF8.self)
    }
}

extension WholeConference.Side {
    /// What is judged when this side's people are others.
    public var invariant: String {
        switch self {
        case .reviewers: Invariant.authorsSeeNoReviewers
        case .authors: Invariant.reviewersSeeNoAuthors
        }
    }
}

extension TraceEvent {
    /// When and where it happened, and what sort of thing; not what was in it.
    fileprivate var place: String {
        // A conflict names the document, whose id may be of an account.
        let what = text.split(separator: ": conflict on").first ?? ""
        return "\(stepCount) \(time) \(node) \(kind.name) \(what)"
    }
}
