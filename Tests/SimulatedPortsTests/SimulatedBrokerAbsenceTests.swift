import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Synchronization
import Testing

/// The simulated broker away, started again, cut off, and short of memory.
@Suite struct SimulatedBrokerAbsenceTests {
    private let queue = BusWorkload.queue

    @Test(arguments: SimulatedRun.seeds)
    func `a restart keeps durable queues and breaks what listens`(_ seed: UInt64) {
        let report = SimulatedRun.clean(seed) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            let (node, work) = (simulation.makeNode("a"), BusWorkload())
            let bus = broker.bus(for: node)
            let heard = Mutex<[String]>([])
            let listener = node.start("listener") {
                do throws(BusError) {
                    try await bus.listen(to: "topic") { signal in
                        heard.withLock { $0.append(signal.text) }
                    }
                } catch {
                    heard.withLock { $0.append("\(error)") }
                }
            }
            await node.start("publisher") { await work.publish("one", bus) }.wait()
            await simulation.pass(.seconds(1))
            await node.start("signal") { await signal("early", bus) }.wait()
            await simulation.pass(.seconds(1))
            broker.restart()
            await listener.wait()
            await node.start("publisher") { await work.publish("two", bus) }.wait()
            #expect(work.errors == [.unavailable])
            broker.heal()
            await node.start("signal") { await signal("late", bus) }.wait()
            node.start("consumer") { await work.consume(bus, node.platform) }
            await simulation.pass(.seconds(1))
            #expect(heard.withLock { $0 } == ["early", "broken"])
            #expect(work.ids == ["one"])
        }
        #expect(report.count("fault: broker restart") == 1)
    }

    @Test func `a restart without its disk loses the queues, and says how much`() {
        let report = SimulatedRun.clean(1) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            let (node, work) = (simulation.makeNode("a"), BusWorkload())
            let bus = broker.bus(for: node)
            await node.start("publisher") {
                await work.publishUntilDone(["one", "two"], bus, node.platform)
            }.wait()
            broker.restart(keepingQueues: false)
            broker.heal()
            await node.start("publisher") { await work.publish("three", bus) }.wait()
            #expect(work.errors == [.unroutable])
            #expect(broker.counts.lost == 2)
            #expect(broker.counts.isConserved)
            #expect(broker.counts(of: queue) == BusCounts())
        }
        #expect(report.count("fault: broker lost queues") == 1)
    }

    @Test(arguments: SimulatedRun.seeds)
    func `publishers wait for a short memory alarm`(_ seed: UInt64) {
        let report = SimulatedRun.clean(seed) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            let (node, work) = (simulation.makeNode("a"), BusWorkload())
            broker.raiseAlarm(for: .seconds(2))
            await node.start("publisher") { await work.publish("one", broker.bus(for: node)) }
                .wait()
            #expect(work.published == ["one"])
            #expect(simulation.now >= .seconds(2))
        }
        #expect(report.count("fault: broker blocked publisher") == 1)
    }

    @Test func `a long memory alarm ends in an honest refusal or in doubt and a late event`() {
        var found: Set<BusError> = []
        for seed in SimulatedRun.seeds {
            let work = BusWorkload()
            SimulatedRun.clean(seed) { [queue] simulation in
                let broker = SimulatedBroker("broker", simulation, queues: [queue])
                let node = simulation.makeNode("a")
                broker.raiseAlarm(for: .seconds(60))
                await node.start("publisher") {
                    await work.publish("one", broker.bus(for: node))
                }.wait()
                #expect(simulation.now < .seconds(20))
                #expect(broker.counts.published == 0)
                await simulation.pass(.seconds(60))
                #expect(broker.counts.published == (work.errors == [.unavailable] ? 0 : 1))
            }
            found.formUnion(work.errors)
        }
        #expect(found == [.unavailable, .unconfirmed])
    }

    @Test func `a node that is cut off is refused, and no other`() {
        let report = SimulatedRun.clean(1) { [queue] simulation in
            let broker = SimulatedBroker("broker", simulation, queues: [queue])
            let (lost, other) = (simulation.makeNode("a"), simulation.makeNode("b"))
            let (first, second) = (BusWorkload(), BusWorkload())
            lost.start("consumer") {
                await first.consume(broker.bus(for: lost), lost.platform)
            }
            await simulation.pass(.seconds(1))
            broker.cutOff(lost, for: .seconds(5))
            await lost.start("publisher") { await first.publish("one", broker.bus(for: lost)) }
                .wait()
            await other.start("publisher") {
                await second.publish("two", broker.bus(for: other))
            }.wait()
            #expect(Set(first.errors) == [.unavailable, .broken])
            #expect(second.errors.isEmpty)
            #expect(first.ids.isEmpty)
            await simulation.pass(.seconds(6))
            #expect(first.ids == ["two"])
        }
        #expect(report.count("fault: broker cut off") == 1)
    }

    private func signal(_ text: String, _ bus: any EventBus) async {
        do {
            try await bus.signal(BusSignal(topic: "topic", text: text))
        } catch {
            Issue.record("the signal \(text) was not sent: \(error)")
        }
    }
}
