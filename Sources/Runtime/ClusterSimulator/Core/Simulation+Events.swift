import Platform

extension Simulation {
    /// Sets a plain event: it runs on the loop between two jobs, outside any node, once no job
    /// is ready and `delay` has gone by.
    @discardableResult
    public func after(_ delay: Duration, _ event: @escaping () -> Void) -> EventHandle {
        set(.call(event), after: delay)
    }

    /// Sets a plain event for a moment of the true virtual time; one that is past means now.
    @discardableResult
    public func at(_ time: Duration, _ event: @escaping () -> Void) -> EventHandle {
        set(.call(event), after: time - now)
    }

    /// Takes an event back; nothing happens when it has already run.
    public func cancel(_ handle: EventHandle) { events.cancel(handle) }

    @discardableResult
    func set(_ event: EventQueue.Event, after delay: Duration) -> EventHandle {
        let nanoseconds = max(0, delay.nanoseconds)
        let (time, overflow) = nowNanoseconds.addingReportingOverflow(nanoseconds)
        return events.add(event, at: overflow ? .max : time)
    }
}
