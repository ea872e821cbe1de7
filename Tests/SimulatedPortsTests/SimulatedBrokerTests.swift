import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

/// Each fault of the simulated broker, alone.
@Suite struct SimulatedBrokerTests {
    private let queue = BusWorkload.queue

    @Test(arguments: SimulatedRun.seeds)
    func `a lost confirm leaves the event in the queue, and its publisher unsure`(_ seed: UInt64) {
        let report = SimulatedRun.clean(seed) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            broker.weather.lostConfirmPermille = 1000
            let (node, work) = (simulation.makeNode("a"), BusWorkload())
            let bus = broker.bus(for: node)
            await node.start("publisher") { await work.publish("one", bus) }.wait()
            #expect(work.errors == [.unconfirmed])
            #expect(broker.counts.queued == 1)
            broker.heal()
            await node.start("publisher") { await work.publish("one", bus) }.wait()
            node.start("consumer") { await work.consume(bus, node.platform) }
            await simulation.pass(.seconds(1))
            #expect(work.ids == ["one", "one"])
        }
        #expect(report.count("fault: broker lost confirm") == 1)
    }

    @Test(arguments: SimulatedRun.seeds)
    func `a lost publication leaves its publisher as unsure, and nothing in the queue`(
        _ seed: UInt64
    ) {
        let report = SimulatedRun.clean(seed) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            broker.weather.lostPublicationPermille = 1000
            let (node, work) = (simulation.makeNode("a"), BusWorkload())
            let bus = broker.bus(for: node)
            await node.start("publisher") { await work.publish("one", bus) }.wait()
            #expect(work.errors == [.unconfirmed])
            #expect(broker.counts == BusCounts())
        }
        #expect(report.count("fault: broker lost publication") == 1)
    }

    @Test(arguments: SimulatedRun.seeds)
    func `what a crashed node held comes back first and in order, to another node`(
        _ seed: UInt64
    ) {
        let report = SimulatedRun.clean(seed) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            let (first, second) = (simulation.makeNode("a"), simulation.makeNode("b"))
            let (before, after) = (BusWorkload(), BusWorkload())
            let bus = broker.bus(for: first)
            first.start("consumer") {
                await before.consume(bus, first.platform, prefetchMaximum: 3) { _ in
                    await forever(first.platform)
                }
            }
            let ids = (0..<6).map { "\($0)" }
            await first.start("publisher") {
                await before.publishUntilDone(ids, bus, first.platform)
            }.wait()
            await simulation.pass(.seconds(1))
            #expect(broker.counts.inFlight == 3)
            first.crash()
            await simulation.pass(.milliseconds(1))
            #expect(broker.counts.queued == 6)
            second.start("consumer") {
                await after.consume(
                    broker.bus(for: second), second.platform, prefetchMaximum: 1)
            }
            await simulation.pass(.seconds(1))
            #expect(after.ids == ids)
            let again = after.deliveries.map(\.isRedelivered)
            #expect(again == [true, true, true, false, false, false])
            #expect(broker.counts.taken == 6)
        }
        #expect(report.count("fault: broker redelivery") == 3)
    }

    @Test func `a crash on a half-open connection is noticed by the heartbeat`() {
        let report = SimulatedRun.clean(1) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            broker.weather.halfOpenPermille = 1000
            let (node, work) = (simulation.makeNode("a"), BusWorkload())
            let bus = broker.bus(for: node)
            node.start("consumer") {
                await work.consume(bus, node.platform) { _ in await forever(node.platform) }
            }
            await node.start("publisher") { await work.publish("one", bus) }.wait()
            await simulation.pass(.seconds(1))
            node.crash()
            await simulation.pass(.seconds(9))
            #expect(broker.counts.inFlight == 1)
            await simulation.pass(.seconds(2))
            #expect(broker.counts.queued == 1)
        }
        #expect(report.count("fault: broker half-open channel") == 1)
    }

    @Test func `events can come back in another order`() {
        var orders: Set<[String]> = []
        for seed in SimulatedRun.seeds {
            let work = BusWorkload()
            SimulatedRun.clean(seed) { [queue] simulation in
                let broker = SimulatedBroker("broker", simulation, queues: [queue])
                broker.weather.reorderPermille = 1000
                let node = simulation.makeNode("a")
                let bus = broker.bus(for: node)
                await node.start("publisher") {
                    await work.publishUntilDone(["1", "2", "3", "4"], bus, node.platform)
                }.wait()
                node.start("consumer") {
                    await work.consume(bus, node.platform) { delivery in
                        delivery.isRedelivered ? .taken : await forever(node.platform)
                    }
                }
                await simulation.pass(.seconds(1))
                broker.breakChannels(of: node)
                await simulation.pass(.seconds(1))
                #expect(broker.counts.taken == 4)
            }
            orders.insert(Array(work.ids.suffix(4)))
        }
        #expect(orders.count > 1)
    }
}

/// Holds an event until the consumer is cancelled.
func forever(_ platform: Platform) async -> BusVerdict {
    do {
        try await platform.clock.sleep(for: .seconds(86_400))
    } catch {
        return .again
    }
    return .again
}
