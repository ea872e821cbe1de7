import Platform
import Trials

/// Judges the stores of an installation, and again while something may still be on its way.
struct StateCheck {
    let reader: StateReader

    /// How long what is on its way may take: the longest pause of an outbox, and some.
    static let patience = Duration.seconds(90)
    static let rest = Duration.seconds(2)

    /// What is broken, and what was judged.
    struct Verdict {
        var findings: [Finding]
        var occurrences: [(name: String, count: Int)]
        var namelessCount: Int
    }

    func judge() async throws -> Verdict {
        let end = reader.clock.uptime + Self.patience
        while true {
            let state = try await reader.read()
            let judge = StoredInvariants(state)
            let (findings, unfinished) = (judge.findings(), judge.unfinished())
            let isFinal = unfinished.isEmpty || !findings.isEmpty || reader.clock.uptime >= end
            guard isFinal else {
                try await reader.clock.sleep(for: Self.rest)
                continue
            }
            return Verdict(
                findings: findings + unfinished, occurrences: judge.occurrences(),
                namelessCount: state.namelessCount)
        }
    }
}
