import Testing

@testable import Trials

@Suite struct ChaosReportTests {
    /// A report on a run that has seen all there is.
    private func complete(without missing: String? = nil) -> ChaosReport {
        var report = ChaosReport(seed: 1, stormSeconds: 60)
        for name in Occurrence.required where name != missing { report.count(name, by: 2) }
        let meter = WriteMeter { .zero }
        for _ in 0..<ChaosTally.inFlightMinimum { meter.begin(isWrite: true) }
        for kind in ChaosFault.Kind.allCases {
            report.tally.add(ChaosFault(kind, "redis"), meter.load)
        }
        return report
    }

    @Test func `all held when everything was seen and nothing is broken`() {
        let report = complete()
        #expect(report.exitCode == 0, "\(report.neverSeen)")
        #expect(report.text.hasSuffix("all held"))
        #expect(report.standings.allSatisfy { [.held, .elsewhere].contains($0.standing) })
    }

    @Test func `each of the 20 invariants has a line, in their order`() {
        let numbers = complete().standings.compactMap { InvariantStanding.number(of: $0.invariant) }
        #expect(numbers == Array(1...20))
    }

    @Test(arguments: Occurrence.required)
    func `what was never seen is 5`(_ name: String) {
        let report = complete(without: name)
        #expect(report.exitCode == 5)
        #expect(report.neverSeen == [name])
        #expect(report.text.contains("NEVER SEEN: \(name)"))
    }

    @Test func `an invariant that nothing was seen about is unknown, not held`() {
        let report = complete(without: StoredInvariants.eventTaken)
        let standing = report.standings.first { $0.invariant == Invariant.conservation }
        #expect(standing?.standing == .unknown)
    }

    @Test func `a loss is counted, and is 1 even if something was never seen`() {
        var report = complete(without: Occurrence.page)
        report.add([Finding(Invariant.noLoss, "Paper 1 is not there")])
        #expect(report.lostCount == 1)
        #expect(report.exitCode == 1)
        #expect(report.standings[0].standing == .broken)
        #expect(report.text.contains("lost acknowledged writes: 1"))
    }

    @Test func `what must happen in the end counts for its invariant`() {
        var report = complete()
        report.addUnrecovered("nothing answers")
        #expect(report.standings[19].standing == .broken)
        #expect(report.exitCode == 1)
    }

    @Test func `kills without load are said, and say nothing`() {
        var report = ChaosReport(seed: 1, stormSeconds: 60)
        report.tally.add(ChaosFault(.kill, "redis"), WriteMeter { .zero }.load)
        #expect(report.text.contains("(not under load)"))
        #expect(report.neverSeen.contains("kill under load"))
    }
}
