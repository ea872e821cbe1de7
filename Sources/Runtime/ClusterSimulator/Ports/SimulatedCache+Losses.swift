import MemoryAdapters
import Platform

extension SimulatedCache {
    /// Sets off the faults that are drawn for an operation of `node`.
    private func drawLosses(_ node: SimulatedNode) {
        let draws = simulation.random(name, id: "losses \(node.name)")
        if draws.chance(permille: losses.failOverPermille) { failOver() }
        if draws.chance(permille: losses.clockStepPermille) {
            let bound = CacheWeather.clockErrorMaximum
            let error = Duration.milliseconds(draws.below(2 * bound + 1) - bound)
            stepClock(by: error - clockError)
        }
    }

    /// Answers a question of `node`.
    func value(for key: CacheTable.Key, of node: SimulatedNode) -> [UInt8]? {
        drawLosses(node)
        let draws = simulation.random(name, id: "evictions \(node.name)")
        if draws.chance(permille: losses.evictionPermille) {
            noteFault("eviction")
            table.remove(key)
        }
        return table.value(for: key, at: moment)
    }

    /// Makes a change of `node`; nil removes.
    func change(
        _ key: CacheTable.Key, _ value: (bytes: [UInt8], expiry: Duration)?,
        of node: SimulatedNode
    ) {
        drawLosses(node)
        settle(before: simulation.now - CacheWeather.replicationLag.upperBound)
        let change = Change(
            moment: simulation.now, key: key,
            value: value.map { (bytes: $0.bytes, end: moment + $0.expiry) })
        recent.append(change)
        table.apply(change)
    }

    /// Makes changes safe that lie so far back.
    private func settle(before moment: Duration) {
        let count = recent.prefix { $0.moment < moment }.count
        for change in recent.prefix(count) { settled.apply(change) }
        recent.removeFirst(count)
    }

    /// Takes back all changes that were made since a moment.
    func undoChanges(since start: Duration) {
        settle(before: start)
        if !recent.isEmpty {
            simulation.count("fault: \(name) undone change", by: recent.count)
        }
        for change in recent where change.value == nil {
            guard settled.value(for: change.key, at: moment) != nil else { continue }
            noteFault("removed value lives again")
        }
        (table, recent) = (settled, [])
    }
}

extension CacheTable {
    fileprivate mutating func apply(_ change: SimulatedCache.Change) {
        if let value = change.value {
            set(value.bytes, for: change.key, until: value.end)
        } else {
            remove(change.key)
        }
    }
}
