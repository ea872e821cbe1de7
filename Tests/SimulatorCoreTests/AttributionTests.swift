import ClusterSimulator
import Platform
import Testing

struct AttributionTests {
    /// On which node each labelled piece of code ran.
    private final class Sightings: @unchecked Sendable {
        private(set) var nodes: [String: String] = [:]
        func here(_ label: String) {
            nodes[label] = Simulation.current?.runningNode?.name ?? "none"
        }
    }

    private actor Plain {
        func visit(_ sightings: Sightings, _ label: String) { sightings.here(label) }
    }

    @concurrent private func concurrent(_ sightings: Sightings) async {
        sightings.here("concurrent function")
    }

    @Test func `everything that a task calls runs on its own node`() {
        let sightings = Sightings()
        let report = simulate { simulation in
            let node = simulation.makeNode("a")
            await node.start("visitor") {
                let actor = Plain()
                await actor.visit(sightings, "actor")
                sightings.here("after an actor")
                await concurrent(sightings)
                async let child: Void = actor.visit(sightings, "async let")
                await child
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            await yield(1); sightings.here("group")
                        }
                    }
                }
                do { try await node.platform.clock.sleep(for: .seconds(1)) } catch { return }
                sightings.here("after a sleep")
            }.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(sightings.nodes.count == 6)
        #expect(sightings.nodes.values.allSatisfy { $0 == "a" }, "\(sightings.nodes)")
    }

    @Test func `a stream and a continuation fed from outside resume on their own node`() {
        let sightings = Sightings()
        let report = simulate { simulation in
            let node = simulation.makeNode("a")
            let (stream, source) = AsyncStream<Int>.makeStream()
            let waiting = Box<CheckedContinuation<Void, Never>?>(nil)
            let task = node.start("reader") {
                for await _ in stream { sightings.here("stream") }
                await withCheckedContinuation { waiting.value = $0 }
                sightings.here("continuation")
            }
            simulation.after(.seconds(1)) {
                source.yield(1)
                source.finish()
            }
            simulation.after(.seconds(2)) { waiting.value?.resume() }
            await task.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(sightings.nodes == ["stream": "a", "continuation": "a"])
    }

    @Test func `a time limit by a task group stays on its node`() {
        let sightings = Sightings()
        let report = simulate { simulation in
            let node = simulation.makeNode("a")
            let clock = node.platform.clock
            await node.start("limited") {
                do {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await clock.sleep(for: .seconds(100)) }
                        group.addTask {
                            try await clock.sleep(for: .seconds(3))
                            throw OffloadError.full
                        }
                        try await group.next()
                    }
                } catch { sightings.here("after the limit") }
            }.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(sightings.nodes == ["after the limit": "a"])
        #expect(report.virtualTime == .seconds(3))
    }
}
