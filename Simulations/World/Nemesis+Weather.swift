import Cluster
import ClusterSimulator
import StarchairAPI

extension Nemesis {
    /// Draws how messages and operations fail by themselves.
    func drawWeather(_ kinds: RandomStream) {
        cluster.network.weather = Self.weather(kinds)
        if cluster.network.weather.isLossy { cluster.routing.noteLossyNetwork() }
        for database in cluster.databases.sorted(by: { $0.key.text < $1.key.text }) {
            database.value.weather = Self.storage(kinds, Self.rarity[database.key] ?? .usual)
        }
        cluster.files.weather = Self.storage(kinds, .usual)
        cluster.post.weather = Self.storage(kinds, Rarity(unavailable: 1, unknown: 4))
        cluster.uploadCutPermille = kinds.often(atMost: 400)
        cluster.broker.weather = Self.brokerWeather(kinds)
        cluster.cache.weather = Self.storage(kinds, .usual)
        cluster.cache.losses = Self.losses(kinds)
    }

    /// Draws how often connections break. No byte is garbled: TLS would end the connection.
    func drawStreamWeather(_ kinds: RandomStream) {
        cluster.network.streamWeather.resetPermille = 1 + kinds.below(20)
    }

    /// How much more often than usual operations fail where there are few of them, so that they
    /// fail at all.
    private struct Rarity {
        var unavailable: Int
        var unknown: Int

        static let usual = Rarity(unavailable: 1, unknown: 1)
    }

    private static let rarity: [ServiceName: Rarity] = [
        .user: Rarity(unavailable: 1, unknown: 4),
        .conference: Rarity(unavailable: 1, unknown: 10),
        .draft: Rarity(unavailable: 2, unknown: 4),
        .invitation: Rarity(unavailable: 3, unknown: 5),
        .discussion: Rarity(unavailable: 4, unknown: 8),
        .reviewProcess: Rarity(unavailable: 1, unknown: 3),
        .notification: Rarity(unavailable: 1, unknown: 3),
    ]

    private static func brokerWeather(_ kinds: RandomStream) -> BrokerWeather {
        var weather = BrokerWeather()
        weather.unavailablePermille = kinds.often(atMost: 80)
        weather.lostPublicationPermille = kinds.often(atMost: 100)
        weather.lostConfirmPermille = kinds.often(atMost: 150)
        weather.slowPermille = kinds.often(atMost: 60)
        weather.brokenChannelPermille = kinds.often(atMost: 120)
        weather.reorderPermille = kinds.often(atMost: 1000)
        weather.halfOpenPermille = kinds.sometimes(atMost: 500)
        weather.lostSignalPermille = kinds.often(atMost: 800)
        return weather
    }

    private static func losses(_ kinds: RandomStream) -> CacheWeather {
        var losses = CacheWeather()
        losses.evictionPermille = kinds.sometimes(atMost: 100)
        losses.failOverPermille = kinds.sometimes(atMost: 20)
        losses.clockStepPermille = kinds.often(atMost: 20)
        return losses
    }

    private static func weather(_ kinds: RandomStream) -> NetworkWeather {
        var weather = NetworkWeather()
        weather.lostRequestPermille = kinds.sometimes(atMost: 60)
        weather.lostReplyPermille = kinds.sometimes(atMost: 60)
        weather.duplicatePermille = kinds.sometimes(atMost: 80)
        weather.lateReplyPermille = kinds.sometimes(atMost: 40)
        weather.reorderPermille = kinds.sometimes(atMost: 80)
        return weather
    }

    private static func storage(_ kinds: RandomStream, _ rarity: Rarity) -> StorageWeather {
        var weather = StorageWeather()
        weather.unavailablePermille = kinds.sometimes(atMost: 30) * rarity.unavailable
        weather.unknownPermille = kinds.often(atMost: 40) * rarity.unknown
        weather.slowPermille = kinds.sometimes(atMost: 20)
        return weather
    }
}

extension NetworkWeather {
    /// Whether answers get lost or come when nobody waits for them any more.
    fileprivate var isLossy: Bool {
        lostRequestPermille + lostReplyPermille + lateReplyPermille > 0
    }
}

extension RandomStream {
    /// Nothing in half of the runs; in the others, 1 to so much.
    fileprivate func sometimes(atMost most: Int) -> Int {
        chance(permille: 500) ? 1 + below(most) : 0
    }

    /// Nothing in a third of the runs; in the others, a third of so much to all of it.
    fileprivate func often(atMost most: Int) -> Int {
        chance(permille: 667) ? most / 3 + below(most - most / 3 + 1) : 0
    }
}
