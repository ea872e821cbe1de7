import ClusterSimulator
import Platform
import Testing

struct DeterminismTests {
    /// Three nodes that sleep, draw, compute and crash.
    private func busyRun(_ options: SimulationOptions) -> SimulationReport {
        simulate(options) { simulation in
            let nodes = ["a", "b", "c"].map { simulation.makeNode($0) }
            for node in nodes {
                for name in ["one", "two"] {
                    node.start(name) {
                        let cell = Cell()
                        let platform = node.platform
                        for _ in 0..<20 {
                            await cell.add(1)
                            let pause = platform.random.duration(below: .seconds(1), for: "pause")
                            do { try await platform.clock.sleep(for: pause) } catch { return }
                        }
                    }
                }
            }
            await simulation.sleep(.seconds(5))
            nodes[0].crash()
            await simulation.sleep(.seconds(60))
        }
    }

    @Test(arguments: 0..<20)
    func `the same seed gives the same hash and checkpoints twice`(seed: UInt64) {
        var options = SimulationOptions(seed: seed)
        options.recordsCheckpoints = true
        let first = busyRun(options)
        let second = busyRun(options)
        #expect(first.hash == second.hash)
        #expect(first.checkpoints == second.checkpoints)
        #expect(first.checkpoints.count == (first.stepCount + 255) / Checkpoint.interval)
        #expect(first.isClean, "\(first)")
    }

    @Test func `different seeds give different hashes`() {
        let hashes = (0..<50).map { busyRun(SimulationOptions(seed: $0)).hash }
        #expect(Set(hashes).count == hashes.count)
    }

    @Test func `two threads run the same seeds to the same hashes at once`() async {
        let hashes = await withTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<2 {
                group.addTask { (0..<20).map { busyRun(SimulationOptions(seed: $0)).hash } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(hashes[0] == hashes[1])
    }

    @Test func `a note changes the hash`() {
        let silent = simulate { _ in }
        let words = simulate { $0.note(7) }
        let text = simulate { $0.note("seven") }
        let bytes = simulate { $0.note([1, 2, 3, 4, 5, 6, 7, 8, 9] as [UInt8]) }
        #expect(Set([silent, words, text, bytes].map(\.hash)).count == 4)
    }

    @Test func `a seed draws its policy in the stated proportions`() {
        var counts: [SchedulingPolicy: Int] = [:]
        for seed in 0..<2000 as Range<UInt64> {
            counts[Simulation(SimulationOptions(seed: seed)).policy, default: 0] += 1
        }
        #expect((900...1100).contains(counts[.random] ?? 0))
        #expect((320...480).contains(counts[.pct(depth: 2)] ?? 0))
        #expect((320...480).contains(counts[.pct(depth: 3)] ?? 0))
        #expect((140...260).contains(counts[.fifo] ?? 0))
    }
}
