import Platform

extension SimulatedNode {
    /// Ends the process at once, as `kill -9` does.
    ///
    /// Nothing of it runs again: no job, no `defer`, no `catch`. Only a job that runs now, when a
    /// node brings about its own end, goes on until it suspends; ports do nothing for it.
    public func crash() {
        guard isUp, !simulation.isReaping else { return }
        isUp = false
        updateDisturbance()
        noteFault("crash", 0)
        let dropped = takeReadyJobs() + held
        held = []
        simulation.findings.droppedJobCount += dropped.count
        buried += dropped
        let events = crashEvents
        crashEvents = []
        for event in events { event() }
    }

    /// Calls `event` when the node crashes, in the instant of the crash and outside any node.
    public func atCrash(_ event: @escaping () -> Void) {
        if isUp { crashEvents.append(event) }
    }

    /// Runs none of the node's jobs for so long, while its clock goes on.
    public func pause(for duration: Duration) {
        guard isUp, !simulation.isReaping, duration > .zero else { return }
        let end = simulation.nowNanoseconds + duration.nanoseconds
        pauseEnd = max(pauseEnd ?? 0, end)
        updateDisturbance()
        noteFault("pause", UInt64(bitPattern: duration.nanoseconds))
        held += takeReadyJobs()
        simulation.after(duration) { [unowned self] in endPause() }
    }

    /// Makes every job of the node wait so long before it can run; zero makes it fast again.
    public func slow(by duration: Duration) {
        precondition(duration >= .zero, "a slowness is not negative")
        guard duration != slowness else { return }
        slowness = duration
        updateDisturbance()
        guard duration > .zero else { return }
        noteFault("slow", UInt64(bitPattern: duration.nanoseconds))
    }

    /// Sets the time of day forwards, or back when negative; no sleep is touched.
    public func stepClock(by duration: Duration) {
        localTime.step(by: duration)
        noteFault("clock step", UInt64(bitPattern: duration.nanoseconds))
    }

    /// Sets how fast the clock runs from now on; sleeps that have begun are not touched.
    public func setClockDrift(partsPerMillion drift: Int) {
        precondition(abs(drift) <= ClockFault.driftMaximum, "a drift is at most half")
        localTime.setDrift(drift, at: simulation.nowNanoseconds)
        noteFault("clock drift", UInt64(bitPattern: Int64(drift)))
    }

    private func endPause() {
        guard isUp, let end = pauseEnd, end <= simulation.nowNanoseconds else { return }
        pauseEnd = nil
        updateDisturbance()
        let released = held
        held = []
        for ready in released { simulation.admit(ready) }
    }

    private func takeReadyJobs() -> [ReadyJob] {
        simulation.schedule.removeAll { $0.lane.node === self }
    }

    private func noteFault(_ fault: String, _ amount: UInt64) {
        simulation.note(fault)
        simulation.note(UInt64(number))
        simulation.note(amount)
        simulation.count("fault: \(fault)")
        simulation.record(.fault, node: self, fault)
    }
}
