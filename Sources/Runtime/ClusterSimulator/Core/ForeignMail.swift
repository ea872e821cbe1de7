/// What other threads left for a simulation: jobs that they made ready, which a run must not take.
struct ForeignMail {
    /// The greatest number of reports that are kept; all jobs are.
    static let escapeCountMaximum = 16

    private(set) var jobs: [ReadyJob] = []
    private(set) var escapes: [Escape] = []

    mutating func add(_ job: ReadyJob, _ escape: Escape) {
        jobs.append(job)
        if escapes.count < Self.escapeCountMaximum { escapes.append(escape) }
    }

    mutating func takeJobs() -> [ReadyJob] {
        defer { jobs = [] }
        return jobs
    }
}
