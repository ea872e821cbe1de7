import Platform

/// A node's clock in a simulation: virtual time, wrong by the node's ``ClockFault``.
public struct SimulatedClock: NodeClock {
    let node: SimulatedNode

    /// The time of day as the node believes it; the run begins at 2026-03-01T00:00:00Z.
    public var now: Instant {
        node.checkUser(of: "clock")
        return node.localTime.wall(at: node.simulation.nowNanoseconds)
    }

    /// The node's own time since its life began.
    public var uptime: Duration {
        node.checkUser(of: "clock")
        return node.localTime.uptime(at: node.simulation.nowNanoseconds)
    }

    /// Suspends for at least `duration` of the node's own time; also once when it is not positive.
    public func sleep(for duration: Duration) async throws {
        var alarm: EventHandle?
        do {
            try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                let length = node.localTime.trueDuration(
                    of: duration, from: node.simulation.nowNanoseconds)
                alarm = node.simulation.after(length) { wake(.success(())) }
            }
        } catch {
            if let alarm { node.simulation.cancel(alarm) }
            throw error
        }
    }
}
