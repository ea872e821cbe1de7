import ClusterSimulator
import Platform
import Ports
import RedisAdapter

/// ``SimulatedCache`` against Redis behind ``RedisSessionCache``.
struct SessionCacheComponent: Component {
    static let name = ComponentName.sessionCache
    static let outcomes: [(operation: String, outcomes: [String])] = [
        ("get", ["found", "found empty", "absent", "limit"]), ("set", ["done", "limit"]),
        ("remove", ["done", "limit"]), ("wait", ["done"]),
    ]
    static let differences = [
        KnownDifference(
            "Bounds of the whole cache are not reached.",
            because: "The simulated cache evicts what was set least recently; Redis refuses or "
                + "evicts by its own policy and memory. A cache may forget anything at any time."),
        KnownDifference(
            "Values that end are asked for well before or well after their end.",
            because: "Between a question and its answer there are milliseconds on both sides, "
                + "and not the same."),
    ]
    static let sequenceLength = 100

    /// A life that ends with the next wait, and one that outlives a sequence.
    private static let (short, long) = (Duration.milliseconds(900), Duration.seconds(3600))
    private static let wait = Duration.milliseconds(1100)

    let redis: RedisAddress
    let platform: Platform
    let plant: Plant?

    static func draw(_ draw: inout Draw) -> CacheOperation {
        let client = draw.below(2)
        switch draw.below(100) {
        case ..<45: return .get(key(&draw), by: client)
        case ..<83:
            return .set(key(&draw), value(&draw), expiry: expiry(&draw), by: client)
        case ..<98: return .remove(key(&draw), by: client)
        default: return .wait(wait)
        }
    }

    private static func key(_ draw: inout Draw) -> String {
        let maximum = CacheLimits.keyByteCountMaximum
        let usual = [
            "a", "A", " a", "a ", "a\0", "\u{E9}", "e\u{301}", "日本語 😀", "*", "a*", "a\r\nb",
        ]
        let edges = [
            "", String(repeating: "k", count: maximum), String(repeating: "k", count: maximum + 1),
            String(repeating: "k", count: maximum - 1) + "é",
        ]
        return draw.chance(percent: 8) ? draw.pick(edges) : draw.pick(usual)
    }

    private static func value(_ draw: inout Draw) -> [UInt8] {
        let maximum = CacheLimits.valueByteCountMaximum
        let sizes = draw.chance(percent: 6) ? [maximum, maximum + 1] : [0, 1, 2, 5, 300]
        return draw.bytes(draw.pick(sizes))
    }

    private static func expiry(_ draw: inout Draw) -> Duration {
        let maximum = CacheLimits.expiryMaximum
        let edges: [Duration] = [
            .zero, .nanoseconds(999_999), .seconds(-1), maximum, maximum + .nanoseconds(1),
        ]
        return draw.chance(percent: 6) ? draw.pick(edges) : draw.pick([short, long, long])
    }

    var laneCount: Int { 32 }

    func parts(in _: Int) -> [Part<CacheOperation>] {
        [Part(name: "Redis", play: playReal), Part(name: "SimulatedCache", play: playSimulated)]
    }

    private func playReal(_ operations: [CacheOperation]) async throws -> [Answer] {
        let prefix = "parity-\(ID<Self>(platform.random, for: "parity").text):"
        let clients = try (0..<2).map { _ in
            try RedisSessionCache(redis.configuration(prefix), platform: platform) { _ in }
        }
        let answers = await CachePlayer(clients, platform.clock).answers(to: operations)
        for client in clients { await client.shutDown() }
        return answers
    }

    private func playSimulated(_ operations: [CacheOperation]) throws -> [Answer] {
        try SimulatedPlay.answers { simulation, node in
            let server = SimulatedCache("cache", simulation)
            var clients = (0..<2).map { _ in server.cache(for: node) }
            if plant == .cacheLosesEmptyValues { clients = clients.map(EmptyLosingCache.init) }
            return await CachePlayer(clients, node.platform.clock).answers(to: operations)
        }
    }
}
