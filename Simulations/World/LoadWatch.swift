import Cluster
import ClusterSimulator
import Platform
import Trials

/// Sees what each process asks and is asked, and judges that it repeats no more than its budget
/// allows, works on no more at once than its mailbox holds, and not for longer than anybody waits.
final class LoadWatch: @unchecked Sendable {
    /// Repetitions that a process may make at once after a quiet time.
    static let reserve = 20.0
    /// Repetitions that each call earns.
    static let perCall = 0.2
    /// How often the budget may be used as it is seen from here: a call that somebody makes anew
    /// while its client could still repeat it looks like a repetition, and one that found nobody
    /// to go to earned something and was not seen.
    static let tolerance = 2.0
    /// Calls that one call may cause, which are all made anew when it is repeated.
    static let callsPerCall = 4.0
    /// Calls that a process works on at once.
    static let mailboxCountMaximum = 64
    /// How long work goes on after its time is up, when nothing is broken: an operation of a store
    /// that has begun, and the word that nobody waits any more.
    static let overtimeMaximum = Duration.seconds(1)
    /// How long after the faults a node may still stand still.
    static let aftermath = Duration.seconds(20)

    private let simulation: Simulation
    private var healed: Duration?

    init(_ simulation: Simulation) { self.simulation = simulation }

    /// Notes that faults begin, or end.
    func noteFaults(_ areBegun: Bool) { healed = areBegun ? nil : simulation.now }

    /// A transport that tells what one process asks and is asked.
    func watched(_ transport: any Transport, of machine: String) -> any Transport {
        WatchedTransport(transport: transport, watch: self, life: ProcessLoad(machine))
    }

    /// Notes an attempt.
    ///
    /// - Returns: how often the client had repeated the call before.
    func called(_ request: CallHead, by life: ProcessLoad) -> Int {
        life.attemptCount += 1
        guard let failure = life.failures.removeValue(forKey: request.key) else { return 0 }
        // Whoever comes later than a client rests is not the client: it asks anew.
        let rest = min(
            .milliseconds(20) * (1 << min(failure.repetitionCount, 6)), Duration.seconds(1))
        guard simulation.now - failure.time <= rest else { return 0 }
        life.repetitionCount += 1
        simulation.count("sometimes: call repeated (20)")
        judgeBudget(of: life)
        return failure.repetitionCount + 1
    }

    private func judgeBudget(of life: ProcessLoad) {
        let calls = Double(life.attemptCount - life.repetitionCount)
        let budget =
            Self.tolerance * (Self.reserve + Self.perCall * calls)
            + Self.callsPerCall * Double(life.repeatedArrivalCount)
        guard Double(life.repetitionCount) > budget, !life.isJudged else { return }
        life.isJudged = true
        simulation.fail(
            Invariant.recovered,
            "\(life.machine) repeated \(life.repetitionCount) of \(life.attemptCount) calls")
    }

    /// Notes what an attempt came to; nil is no answer.
    func answered(
        _ request: CallHead, _ answer: [UInt8]?, after count: Int, to life: ProcessLoad
    ) {
        guard answer.map(AnswerHead.isFailed) ?? true else { return }
        life.failures[request.key] = .init(time: simulation.now, repetitionCount: count)
    }

    /// Notes that a call has arrived.
    func begun(_ request: CallHead?, by life: ProcessLoad) -> Duration {
        life.runningCount += 1
        if let request, !life.arrivals.insert(request.key).inserted {
            life.repeatedArrivalCount += 1
        }
        // One more is there for the moment in which it is turned away.
        if life.runningCount > Self.mailboxCountMaximum + 1 {
            simulation.fail(
                Invariant.recovered,
                "\(life.machine) works on \(life.runningCount) calls at once")
        }
        return simulation.now
    }

    /// Notes that a call was answered.
    func ended(_ request: CallHead?, at begin: Duration, by life: ProcessLoad) {
        life.runningCount -= 1
        guard let request, let healed, begin > healed + Self.aftermath else { return }
        let overtime = simulation.now - begin - .milliseconds(request.remaining)
        simulation.count("sometimes: work timed (20)")
        if overtime > Self.overtimeMaximum {
            simulation.fail(
                Invariant.recovered,
                "\(life.machine) worked on \(request.key) \(overtime) after its time was up")
        }
    }
}
