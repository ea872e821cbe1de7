import Platform
import RedisAdapter
import Synchronization

/// The cache of sessions beside the driver that it stands on and the server's own benchmark.
///
/// The cache has one connection, so what its peers do on one connection, sending what is in
/// flight together, is what the target is held against. Over a connection for each piece in
/// flight the server reads and answers each by itself.
struct SessionComparisons: Sendable {
    private static let ratioMinimum = 0.7
    private static let widths = [1, 16]

    private let stand: Stand<SessionCaches>

    static func all(on servers: RealServers, platform: Platform) -> [Comparison] {
        let comparisons = SessionComparisons(
            stand: Stand {
                let place = try RedisPlace(try await servers.start(.redis))
                let caches = try await SessionCaches(place, platform: platform)
                await servers.beforeEnd { await caches.shutDown() }
                return caches
            })
        return SessionWork.allCases.flatMap { work in
            widths.map { comparisons.comparison(work, $0) }
        }
    }

    private func comparison(_ work: SessionWork, _ width: Int) -> Comparison {
        Comparison(
            name: "Redis: \(work.rawValue) a session of 200 bytes, \(width) in flight",
            unit: "operations",
            ours: Contender(name: "RedisSessionCache") { [stand] count in
                try await stand.value.run(work, count, width)
            },
            peers: [
                Contender(name: "hiredis, 1 connection", ratioMinimum: Self.ratioMinimum) {
                    [stand] count in try await stand.value.raw.run(work, count, width)
                },
                program(work, connections: 1, pipelined: width, minimum: Self.ratioMinimum),
            ]
                + (width == 1
                    ? [] : [program(work, connections: width, pipelined: 1, minimum: nil)]),
            prepare: { [stand] in try await stand.prepare() })
    }

    private func program(
        _ work: SessionWork, connections: Int, pipelined: Int, minimum: Double?
    ) -> Contender {
        Contender(
            name: "redis-benchmark -c \(connections) -P \(pipelined)", ratioMinimum: minimum,
            keepsItsTime: true
        ) { [stand] count in
            try await stand.value.program.run(
                work, count, connections: connections, pipelined: pipelined)
        }
    }
}

/// Our cache and its peers, on one server.
final class SessionCaches: Sendable {
    let raw: RawRedis
    let program: RedisBenchmark
    private let cache: RedisSessionCache
    private let count = Atomic<Int>(0)

    init(_ place: RedisPlace, platform: Platform) async throws {
        cache = try RedisSessionCache(place.configuration, platform: platform) { event in
            if case .failed(let reason) = event { Terminal.say("Redis: \(reason)") }
        }
        raw = try RawRedis(place)
        program = RedisBenchmark(place)
        for number in 0..<SessionContents.keyCount {
            try await cache.set(
                SessionContents.value, for: SessionContents.key(number),
                expiry: SessionContents.expiry)
        }
    }

    func shutDown() async { await cache.shutDown() }

    /// Does the work with our cache.
    func run(_ work: SessionWork, _ count: Int, _ width: Int) async throws -> Int {
        try await InFlight.sum(count, width) { [self] in
            let number = self.count.wrappingAdd(1, ordering: .relaxed).oldValue
            let key = SessionContents.key(number)
            switch work {
            case .get: return try await cache.value(for: key)?.count ?? 0
            case .set:
                try await cache.set(
                    SessionContents.value, for: key, expiry: SessionContents.expiry)
                return 1
            }
        }
    }
}
