extension ChaosReport {
    /// The report for people.
    public var text: String {
        ([headline, ""] + faultLines + [""] + trafficLines + [""] + invariantLines + [""]
            + occurrenceLines + brokenLines + [""] + recoveryLines + [conclusion])
            .joined(separator: "\n")
    }

    private var headline: String {
        "chaos, seed \(seed), \(stormSeconds) s: \(judgedCount) trials judged"
            + (abandonedCount > 0 ? ", \(abandonedCount) ended early" : "")
    }

    private var faultLines: [String] {
        let counts = ChaosFault.Kind.allCases.map { "\($0.rawValue) \(tally.count(of: $0))" }
        var lines = ["faults: " + counts.joined(separator: ", ")]
        for kill in tally.kills {
            lines.append(
                "  \(kill.fault): \(kill.load.acknowledgedCount) writes acknowledged in the "
                    + "second before, \(kill.load.inFlightCount) in flight"
                    + (kill.isUnderLoad ? "" : " (not under load)"))
        }
        lines.append(
            "  \(tally.kills.count) killed, \(tally.idleKillCount) of them not under load "
                + "(fewer than \(ChaosTally.inFlightMinimum) writes in flight)")
        return lines + tally.failures.map { "  did not work at once: \($0)" }
    }

    private var trafficLines: [String] {
        [
            "requests: \(traffic.requestCount) made, \(traffic.answeredCount) answered, "
                + "\(traffic.deferredCount) answered 5xx, \(traffic.silentCount) without an answer",
            "writes: \(traffic.acknowledgedCount) acknowledged, at most "
                + "\(traffic.inFlightMaximum) in flight; lost acknowledged writes: \(lostCount)",
        ]
    }

    private var invariantLines: [String] {
        standings.map { standing in
            let seen = standing.standing == .elsewhere ? "" : "  (\(standing.seenCount) times)"
            return Self.padded(standing.standing.rawValue) + standing.invariant + seen
        }
    }

    private var occurrenceLines: [String] {
        let never = neverSeen
        return occurrences.sorted { $0.key < $1.key }.map { name, count in
            "  \(count) \(name)"
        } + never.map { "  NEVER SEEN: \($0)" }
    }

    private var brokenLines: [String] {
        broken.sorted { $0.key < $1.key }.flatMap { name, details in
            let shown = details.prefix(Self.detailCountMaximum)
            let rest = details.count - shown.count
            return ["BROKEN: \(name)"] + shown.map { "  \($0)" }
                + (rest > 0 ? ["  and \(rest) more"] : [])
        }
    }

    private var recoveryLines: [String] {
        [
            ("every machine passes", recovery.registryMilliseconds),
            ("every service answers through the gateway", recovery.servedMilliseconds),
            ("everybody has finished", recovery.finishedMilliseconds),
        ].map { what, milliseconds in
            let time = milliseconds.map { "after \($0 / 1000).\($0 % 1000 / 100) s" } ?? "NEVER"
            return "recovery: \(what) \(time)"
        }
    }

    private var conclusion: String {
        switch exitCode {
        case 0: "all held"
        case 1: "something is broken"
        default: "nothing is broken, but not everything was seen"
        }
    }

    /// Details of one broken invariant that are shown.
    static let detailCountMaximum = 20

    private static func padded(_ word: String) -> String {
        word + String(repeating: " ", count: max(1, 10 - word.count))
    }
}
