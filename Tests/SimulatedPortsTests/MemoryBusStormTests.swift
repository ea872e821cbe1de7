import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Synchronization
import Testing

/// The bus in memory while publishers and consumers come and go: what a publisher is told is true.
@Suite struct MemoryBusStormTests {
    private struct Record {
        var published: [String] = []
        var refused: [String] = []
        var doubtfulCount = 0
        var taken: [String] = []
        var buried: [String] = []
    }

    private final class Book: Sendable {
        private let guarded = Mutex(Record())

        var record: Record { guarded.withLock { $0 } }

        func note(_ change: (inout Record) -> Void) { guarded.withLock { change(&$0) } }
    }

    private static let queue: QueueName = "queue"

    @Test func `what was refused was not taken, and what was published was settled once`() {
        var (refusedCount, doubtfulCount) = (0, 0)
        for seed in 1...100 as ClosedRange<UInt64> {
            let record = storm(seed)
            let settled = (record.taken + record.buried).sorted()
            #expect(settled == Set(settled).sorted(), "seed \(seed)")
            #expect(Set(settled).isDisjoint(with: record.refused), "seed \(seed)")
            #expect(Set(settled).isSuperset(of: record.published), "seed \(seed)")
            refusedCount += record.refused.count
            doubtfulCount += record.doubtfulCount
        }
        #expect(refusedCount > 0)
        #expect(doubtfulCount > 0)
    }

    private func storm(_ seed: UInt64) -> Record {
        let book = Book()
        SimulatedRun.clean(seed) { simulation in
            let node = simulation.makeNode("process")
            let bus = MemoryEventBus(platform: node.platform, queues: [Self.queue])
            await node.start("storm") { await comeAndGo(node, bus, book) }.wait()
            let (counts, record) = (bus.counts, book.record)
            #expect(counts.isConserved)
            #expect(counts.queued + counts.inFlight == 0)
            #expect(counts.taken == record.taken.count)
            #expect(counts.deadLettered == record.buried.count)
        }
        return book.record
    }

    private func comeAndGo(_ node: SimulatedNode, _ bus: MemoryEventBus, _ book: Book) async {
        let publishers = (0..<12).map { number in
            node.start("publisher") { await publish("\(number)", bus, book) }
        }
        for round in 0..<6 {
            let consumers = (0..<2).map { _ in
                node.start("consumer") { await consume(bus, node.platform, book) }
            }
            await pause(4, node.platform)
            publishers[round * 2].cancel()
            await pause(4, node.platform)
            for consumer in consumers { consumer.cancel() }
            for consumer in consumers { await consumer.wait() }
            await pause(2, node.platform)
        }
        for publisher in publishers { await publisher.wait() }
    }

    private func publish(_ id: String, _ bus: MemoryEventBus, _ book: Book) async {
        do throws(BusError) {
            try await bus.publish(
                BusEvent(id: id, sender: "tests", payload: []), to: Self.queue)
            book.note { $0.published.append(id) }
        } catch {
            book.note { record in
                if error == .unconfirmed {
                    record.doubtfulCount += 1
                } else {
                    record.refused.append(id)
                }
            }
        }
    }

    private func consume(_ bus: MemoryEventBus, _ platform: Platform, _ book: Book) async {
        do throws(BusError) {
            try await bus.consume(Self.queue, prefetchMaximum: 1) { delivery in
                await pause(4, platform)
                switch platform.random.below(8, for: "verdict") {
                case 0, 1: return .again
                case 2:
                    book.note { $0.buried.append(delivery.event.id) }
                    return .never("drawn")
                default:
                    book.note { $0.taken.append(delivery.event.id) }
                    return .taken
                }
            }
        } catch {
            Issue.record("consuming ended with \(error)")
        }
    }

    /// Pauses for so many steps at most: long ones, so that much happens in the same instant.
    private func pause(_ stepCountMaximum: Int, _ platform: Platform) async {
        let count = platform.random.below(stepCountMaximum + 1, for: "pause")
        do { try await platform.clock.sleep(for: .milliseconds(50) * count) } catch { return }
    }
}
