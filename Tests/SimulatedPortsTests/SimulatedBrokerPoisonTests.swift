import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

/// Events that come again and again at the simulated broker.
@Suite struct SimulatedBrokerPoisonTests {
    private let queue = BusWorkload.queue

    @Test(arguments: SimulatedRun.seeds)
    func `an event that is sent back comes again after growing pauses`(_ seed: UInt64) {
        SimulatedRun.clean(seed) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            let (node, work) = (simulation.makeNode("a"), BusWorkload())
            let bus = broker.bus(for: node)
            await node.start("publisher") { await work.publish("one", bus) }.wait()
            let consumer = node.start("consumer") {
                await work.consume(bus, node.platform) { _ in .again }
            }
            await simulation.pass(.milliseconds(90))
            #expect(work.ids.count == 1)
            await simulation.pass(.milliseconds(100))
            #expect(work.ids.count == 2)
            await simulation.pass(.milliseconds(90))
            #expect(work.ids.count == 2)
            await simulation.pass(.milliseconds(100))
            #expect(work.ids.count == 3)
            consumer.cancel()
            await consumer.wait()
            await simulation.pass(.milliseconds(10))
            #expect(broker.counts.queued == 1)
        }
    }

    @Test(arguments: SimulatedRun.seeds)
    func `an event that breaks its consumers becomes a dead letter`(_ seed: UInt64) {
        let report = SimulatedRun.clean(seed) { [queue] simulation in
            var bounds = EventLine.Bounds()
            bounds.deliveryCountMaximum = 3
            let broker = SimulatedBroker("broker", simulation, queues: [queue], bounds: bounds)
            let work = BusWorkload()
            let publisher = simulation.makeNode("publisher")
            await publisher.start("publisher") {
                await work.publish("poison", broker.bus(for: publisher))
            }.wait()
            for _ in 0..<5 {
                let node = simulation.makeNode("a")
                node.start("consumer") {
                    await work.consume(broker.bus(for: node), node.platform) { _ in
                        node.crash()
                        return .taken
                    }
                }
                await simulation.pass(.seconds(1))
            }
            #expect(work.deliveries.map(\.deliveryCount) == [1, 2, 3])
            #expect(broker.deadLetters(of: queue).map(\.reason) == ["delivered 3 times"])
            #expect(broker.replayDeadLetters(of: queue) == 1)
            let node = simulation.makeNode("a")
            node.start("consumer") { await work.consume(broker.bus(for: node), node.platform) }
            await simulation.pass(.seconds(1))
            #expect(broker.counts.taken == 1)
        }
        #expect(report.count("fault: broker poison event") == 1)
    }
}
