import CSimulator

extension Simulation {
    /// Takes a job that became ready on `lane`: the one way into the schedule.
    @inline(__always)
    func enqueue(_ job: UnownedJob, on lane: Lane) {
        let ready = ReadyJob(job: job, lane: lane)
        guard csimulator_current() == Unmanaged.passUnretained(self).toOpaque() else {
            return enqueueFromOutside(ready)
        }
        if let running = runningLane, running.node !== lane.node { checkCrossing(to: ready) }
        if lane.node.isUndisturbed { schedule.append(ready) } else { admit(ready) }
    }

    /// Puts a job where the state of its node wants it; a slow node's job comes here twice.
    func admit(_ ready: ReadyJob, wasSlowed: Bool = false) {
        let node = ready.lane.node
        if isReaping {
            schedule.append(ready)
        } else if !node.isUp {
            node.buried.append(ready)
            findings.droppedJobCount += 1
        } else if node.isPaused {
            node.held.append(ready)
        } else if node.slowness > .zero, !wasSlowed {
            set(.job(ready), after: node.slowness)
        } else {
            schedule.append(ready)
        }
    }

    /// Nodes meet only through ports, whose deliveries run between two jobs, when no lane runs:
    /// a job that makes another node's job ready has shared memory with it.
    @inline(never)
    private func checkCrossing(to ready: ReadyJob) {
        guard let running = runningLane, running.node !== world, ready.lane.node !== world
        else { return }
        let kind = Escape.Kind.crossing(from: running.node.name, to: ready.lane.node.name)
        escape(kind, job: ready.job)
    }

    /// Another thread resumed a task: it waits in the mail until the reaper ends it.
    @inline(never)
    private func enqueueFromOutside(_ ready: ReadyJob) {
        if phase == .building { return admit(ready) }
        let place = Place(
            seed: seed, stepCount: progress.load(ordering: .relaxed), time: nil, lane: ready.lane)
        let escape = Escape(.foreignThread, at: place, job: ready.job)
        strangers.withLock { $0.add(ready, escape) }
    }
}
