extension ChaosReport {
    /// The report for programs.
    public struct Document: Encodable, Sendable {
        let seed: UInt64
        let stormSeconds: Int64
        let trialsJudged: Int
        let trialsEndedEarly: Int
        let faults: [String: Int]
        let kills: [ChaosTally.Kill]
        let killsNotUnderLoad: Int
        let didNotWorkAtOnce: [String]
        let traffic: WriteMeter.Counts
        let lostAcknowledgedWrites: Int
        let invariants: [InvariantStanding]
        let occurrences: [String: Int]
        let neverSeen: [String]
        let broken: [String: [String]]
        let recovery: Recovery
        let exitCode: Int32
    }

    /// All that is known, in one value.
    public var document: Document {
        Document(
            seed: seed, stormSeconds: stormSeconds, trialsJudged: judgedCount,
            trialsEndedEarly: abandonedCount, faults: tally.counts, kills: tally.kills,
            killsNotUnderLoad: tally.idleKillCount, didNotWorkAtOnce: tally.failures,
            traffic: traffic, lostAcknowledgedWrites: lostCount, invariants: standings,
            occurrences: occurrences, neverSeen: neverSeen, broken: broken, recovery: recovery,
            exitCode: exitCode)
    }
}
