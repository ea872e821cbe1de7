import MemoryAdapters
import Platform
import Ports

/// A cache on a server of its own, with a clock of its own.
///
/// ``SimulatedServer/weather`` says how it answers, ``losses`` what it forgets.
public final class SimulatedCache: SimulatedServer, @unchecked Sendable {
    /// A change that was acknowledged.
    struct Change {
        let moment: Duration
        let key: CacheTable.Key
        /// The new value and its end; nil for a removal.
        let value: (bytes: [UInt8], end: Duration)?
    }

    /// What it forgets and remembers now.
    public var losses = CacheWeather.calm

    var table: CacheTable
    /// What the cache held before the changes of `recent`.
    var settled: CacheTable
    /// The changes that a fault can still undo.
    var recent: [Change] = []
    private var clock = LocalTime(.none, bornAt: 0)
    private(set) var clockError = Duration.zero

    /// An empty cache whose clock is right.
    public init(
        _ name: String, _ simulation: Simulation, bounds: CacheTable.Bounds = CacheTable.Bounds()
    ) {
        table = CacheTable(bounds)
        settled = table
        super.init(name, simulation)
    }

    /// The cache as `node` uses it.
    public func cache(for node: SimulatedNode) -> any SessionCache {
        SimulatedCacheClient(cache: self, node: node)
    }

    /// Lets a replica take over, which lacks the last changes: what was set is gone, what was
    /// removed lives again.
    public func failOver() {
        noteFault("fail-over")
        let lag = simulation.random(name, id: "fail-over").duration(
            in: CacheWeather.replicationLag)
        undoChanges(since: simulation.now - lag)
    }

    /// Stops and starts: what was changed since the last full second was not written to disk,
    /// and it is away for a while.
    public func restart() {
        noteFault("restart")
        undoChanges(since: .seconds(simulation.now.components.seconds))
        goDown(
            for: simulation.random(name, id: "restart").duration(in: CacheWeather.startTime))
    }

    /// Forgets everything.
    public func forgetEverything() {
        noteFault("emptied")
        while table.evictOldest() {}
        (settled, recent) = (table, [])
    }

    /// Sets how fast the cache's clock runs from now on.
    public func setClockDrift(partsPerMillion drift: Int) {
        precondition(abs(drift) <= ClockFault.driftMaximum, "a drift is at most half")
        noteFault("clock drift")
        clock.setDrift(drift, at: simulation.nowNanoseconds)
    }

    /// Sets the cache's clock forwards, or back when negative: values end earlier, or later.
    public func stepClock(by duration: Duration) {
        noteFault("clock step")
        clockError += duration
        clock.step(by: duration)
    }

    /// Answers again, forgets nothing, and its clock runs as time does.
    public override func heal() {
        super.heal()
        losses = .calm
        clock.setDrift(0, at: simulation.nowNanoseconds)
    }

    /// Counts and records a fault.
    func noteFault(_ fault: String) {
        simulation.count("fault: \(name) \(fault)")
        simulation.record(.fault, "\(name) \(fault)")
    }

    /// The time of day as the cache believes it.
    var moment: Duration {
        .milliseconds(clock.wall(at: simulation.nowNanoseconds).millisecondsSince1970)
    }
}
