import ClusterSimulator

/// What a sweep says in the end.
struct Summary {
    private let result: SweepResult
    private let seconds: Double
    private let plant: String?

    init(_ result: SweepResult, seconds: Double, plant: String?) {
        self.result = result
        self.seconds = seconds
        self.plant = plant
    }

    private var tally: Tally { result.tally }

    private static let medians = [
        "calls", "commits", "fault: crash", "fault: lost reply", "fault: duplicated request",
        "steps", "virtual milliseconds",
    ]

    /// The worst verdict, then vacuity.
    var exitCode: Int32 {
        let codes = result.failures.map(\.verdict.exitCode)
        for code in [4, 1, 3] as [Int32] where codes.contains(code) { return code }
        return result.neverSeen.isEmpty ? 0 : 5
    }

    var text: String {
        var lines = result.failures.flatMap(failureLines)
        lines.append("median per seed:")
        lines += Self.medians.map { "  \(pad($0)) \(tally.median($0))" }
        lines.append("seen in percent of the seeds, and in all:")
        for name in result.scenario.sometimes + result.scenario.faults {
            lines.append("  \(pad(name)) \(tally.share(name)) %  \(tally.series[name]?.total ?? 0)")
        }
        lines += result.neverSeen.map { "never seen, so nothing is known about it: \($0)" }
        let rate = Double(tally.seedCount) / max(seconds, 0.001)
        lines.append(
            "\(tally.seedCount) seeds in \(rounded(seconds)) s: \(rounded(rate)) seeds/s, "
                + "\(Int(Double(tally.stepCount) / max(seconds, 0.001))) jobs/s")
        lines.append("\(tally.seedCount - tally.failureCount) passed, \(tally.failureCount) failed")
        return lines.joined(separator: "\n")
    }

    private func failureLines(_ report: SimulationReport) -> [String] {
        let replay =
            "simulate run \(result.scenario.name) --seed \(report.seed)"
            + (plant.map { " --plant \($0)" } ?? "")
        return ["seed \(report.seed) \(report.verdict.rawValue) (\(report.policy)): \(replay)"]
            + report.violations.prefix(3).map { "  \($0.invariant): \($0.detail)" }
            + report.escapes.prefix(2).map { "  \($0)" }
            + (report.ending == .finished ? [] : ["  ended by \(report.ending)"])
    }

    var json: String {
        let medians = Self.medians.map { "\"\($0)\":\(tally.median($0))" }
        let shares = (result.scenario.sometimes + result.scenario.faults).map {
            "\"\($0)\":\(tally.share($0))"
        }
        let failures = result.failures.map {
            "{\"seed\":\($0.seed),\"verdict\":\"\($0.verdict.rawValue)\"}"
        }
        return """
            {"scenario":"\(result.scenario.name)","seeds":\(tally.seedCount),\
            "passed":\(tally.seedCount - tally.failureCount),"failed":\(tally.failureCount),\
            "seconds":\(rounded(seconds)),"medians":{\(medians.joined(separator: ","))},\
            "percentOfSeeds":{\(shares.joined(separator: ","))},\
            "neverSeen":[\(result.neverSeen.map { "\"\($0)\"" }.joined(separator: ","))],\
            "failures":[\(failures.joined(separator: ","))]}
            """
    }

    private func pad(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, 44 - text.count))
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
