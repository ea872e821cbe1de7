/// A job that can run now, and where it runs.
struct ReadyJob {
    let job: UnownedJob
    let lane: Lane
    /// Whether the job belongs to the main actor: an escape that is kept inside the run.
    var isMainActorJob = false

    @inline(__always)
    func run() {
        if isMainActorJob {
            job.runSynchronously(
                isolatedTo: GuardedMainExecutor.shared.asUnownedSerialExecutor(),
                taskExecutor: lane.asUnownedTaskExecutor())
        } else {
            job.runSynchronously(on: lane.asUnownedTaskExecutor())
        }
    }
}
