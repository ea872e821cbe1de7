import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

/// All faults of the broker together: no event is lost, and all arrive when the faults are over.
@Suite struct BrokerStormTests {
    private static let faults = [
        "blocked publisher", "broken channel", "down", "half-open channel", "lost confirm",
        "lost publication", "memory alarm", "redelivery", "reordered redelivery", "restart", "slow",
        "unavailable",
    ]

    @Test func `every published event is taken, whatever goes wrong meanwhile`() {
        var counters: [String: Int] = [:]
        for seed in 1...10 as ClosedRange<UInt64> {
            let report = SimulatedRun.clean(seed, storm)
            for counter in report.counters { counters[counter.name, default: 0] += counter.count }
        }
        for fault in Self.faults {
            #expect(counters["fault: broker \(fault)", default: 0] > 0, "no \(fault) happened")
        }
    }

    @Test(arguments: SimulatedRun.seeds)
    func `a seed decides the whole storm`(_ seed: UInt64) {
        let (one, two) = (SimulatedRun.report(seed, storm), SimulatedRun.report(seed, storm))
        #expect(one.hash == two.hash)
        #expect(one.counters == two.counters)
    }

    private func storm(_ simulation: Simulation) async {
        let broker = SimulatedBroker("broker", simulation, queues: [BusWorkload.queue])
        let work = BusWorkload()
        broker.weather = .stormy
        let publishers = (0..<3).map { number in
            let node = simulation.makeNode("publisher \(number)")
            return node.start("publisher") {
                let ids = (0..<20).map { "\(number).\($0)" }
                await work.publishUntilDone(ids, broker.bus(for: node), node.platform)
            }
        }
        var consumers = (0..<2).map { startConsumer($0, simulation, broker, work) }
        let draws = simulation.random("storm")
        for _ in 0..<30 {
            await simulation.pass(draws.duration(in: .milliseconds(50)...(.seconds(2))))
            switch draws.below(6) {
            case 0: broker.restart()
            case 1: broker.raiseAlarm(for: .seconds(4))
            case 2: broker.goDown(for: .seconds(1))
            case 3: broker.breakChannels(of: consumers[0])
            default:
                let number = draws.below(consumers.count)
                consumers[number].crash()
                consumers[number] = startConsumer(number, simulation, broker, work)
            }
        }
        broker.heal()
        for publisher in publishers { await publisher.wait() }
        await simulation.pass(.seconds(60))
        let counts = broker.counts
        #expect(counts.isConserved)
        #expect(counts.queued + counts.inFlight == 0)
        #expect(counts.published == counts.taken + counts.deadLettered)
        let dead = broker.deadLetters(of: BusWorkload.queue).map(\.event.id)
        #expect(Set(work.ids + dead).isSuperset(of: work.published))
        #expect(work.published.count == 60)
    }

    private func startConsumer(
        _ number: Int, _ simulation: Simulation, _ broker: SimulatedBroker, _ work: BusWorkload
    ) -> SimulatedNode {
        let node = simulation.makeNode("consumer \(number)")
        node.start("consumer") {
            await work.consume(broker.bus(for: node), node.platform) { delivery in
                let pause = node.platform.random.duration(below: .milliseconds(300), for: "work")
                do { try await node.platform.clock.sleep(for: pause) } catch { return .again }
                return delivery.deliveryCount < 3
                    && node.platform.random.below(4, for: "again") == 0 ? .again : .taken
            }
        }
        return node
    }
}

extension BrokerWeather {
    /// Everything goes wrong now and then.
    fileprivate static let stormy: BrokerWeather = {
        var weather = BrokerWeather.calm
        weather.unavailablePermille = 50
        weather.lostPublicationPermille = 50
        weather.lostConfirmPermille = 50
        weather.slowPermille = 100
        weather.brokenChannelPermille = 50
        weather.reorderPermille = 500
        weather.halfOpenPermille = 300
        return weather
    }()
}
