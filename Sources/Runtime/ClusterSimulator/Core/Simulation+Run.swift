import CSimulator
import Platform

extension Simulation {
    /// Runs `main` on a lane of the world node until it returns, then ends what is left.
    ///
    /// The calling thread becomes the simulation's; it must run no other. A simulation runs once.
    public func run(_ main: @escaping @Sendable () async -> Void) -> SimulationReport {
        precondition(phase == .building, "a simulation runs once")
        precondition(csimulator_current() == nil, "a thread runs one simulation at a time")
        SafetyNet.spread()
        Watchdog.shared.watch(self)
        defer { Watchdog.shared.forget(self) }
        csimulator_enter(Unmanaged.passUnretained(self).toOpaque())
        defer { csimulator_enter(nil) }
        phase = .running
        world.start("main") { [self] in
            await main()
            isMainFinished = true
        }
        let ending = runUntilEnding()
        var report = makeReport(ending)
        reap(into: &report)
        release()
        return report
    }

    private func runUntilEnding() -> Ending {
        let countMaximum = options.stepCountMaximum
        while !isMainFinished {
            if stepCount >= countMaximum || eventCount >= countMaximum { return .stepLimit }
            if schedule.isEmpty {
                guard let next = events.first() else { return .deadlock }
                guard .nanoseconds(next.time) <= options.virtualTimeMaximum else {
                    return .timeLimit
                }
                fireEvents(at: next.time)
            } else {
                beforeStep?(stepCount)
                if !schedule.isEmpty { step() }
            }
        }
        return .finished
    }

    @inline(__always)
    private func step() {
        let ready = schedule.take(step: stepCount, into: &hash)
        if stepCount % Checkpoint.interval == 0, options.recordsCheckpoints {
            findings.checkpoints.append(Checkpoint(stepCount: stepCount, hash: hash.value))
        }
        stepCount += 1
        execute(ready)
    }

    /// Runs one job on its lane.
    @inline(__always)
    func execute(_ ready: ReadyJob) {
        jobCount += 1
        progress.store(jobCount, ordering: .relaxed)
        runningLane = ready.lane
        if options.recordsTrace { record(.job, node: ready.lane.node, ready.lane.name) }
        ready.run()
        runningLane = nil
    }

    /// Fires the events of one instant that were set before it; what they set for the same
    /// instant comes after the jobs that they made ready.
    private func fireEvents(at time: Int64) {
        if time != nowNanoseconds {
            nowNanoseconds = time
            hash.combine(UInt64(bitPattern: time))
        }
        let end = events.nextSequence
        while let next = events.first(), next.time == time, next.sequence < end {
            eventCount += 1
            switch events.removeFirst() {
            case .call(let event): event()
            case .job(let ready): admit(ready, wasSlowed: true)
            }
        }
    }
}
