extension Simulation {
    /// The greatest number of jobs that the reaper runs for one simulation.
    private static var reapedJobCountMaximum: Int { 100_000 }
    /// The greatest number of times that tasks are cancelled: what ends one may start others.
    private static var roundCountMaximum: Int { 8 }

    /// Lets every remaining task end, so that its memory comes back.
    ///
    /// It comes after the verdict because it runs what a crash must not: the `defer` and `catch`
    /// of dead nodes. Nothing counts any more, and every port fails with ``NodeIsDown``.
    func reap(into report: inout SimulationReport) {
        phase = .reaping
        reviveJobs()
        let end = jobCount + Self.reapedJobCountMaximum
        for _ in 0..<Self.roundCountMaximum where jobCount < end {
            for node in nodes { node.endEverything() }
            while jobCount < end, !schedule.isEmpty {
                execute(schedule.take(step: stepCount, into: &hash))
                if schedule.isEmpty { reviveJobs() }
            }
            if nodes.allSatisfy({ !$0.hasTasks }) { break }
        }
        reportLeaks(into: &report)
    }

    /// Puts every job back that a fault, an event or another thread holds.
    private func reviveJobs() {
        for ready in strangers.withLock({ $0.takeJobs() }) { schedule.append(ready) }
        for node in nodes {
            for ready in node.takeStoppedJobs() { schedule.append(ready) }
        }
        while events.first() != nil {
            if case .job(let ready) = events.removeFirst() { schedule.append(ready) }
        }
    }

    private func reportLeaks(into report: inout SimulationReport) {
        let leaked = nodes.flatMap(\.unfinishedTasks)
        report.leakedTaskCount = leaked.count
        report.violationCount += leaked.count
        report.violations += leaked.map { task in
            Violation(invariant: Violation.leakedTask, detail: task.description, place: place)
        }
    }
}
