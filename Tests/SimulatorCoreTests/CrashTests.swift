import ClusterSimulator
import Platform
import Testing

struct CrashTests {
    private final class Marks: @unchecked Sendable {
        var beforeVerdict: [String] = []
        func mark(_ text: String) {
            if Simulation.current?.isReaping == false { beforeVerdict.append(text) }
        }
    }

    @Test(arguments: 0..<50)
    func `a crash runs no defer, no catch and no job before the verdict`(seed: UInt64) {
        let marks = Marks()
        let report = simulate(seed: seed) { simulation in
            let node = simulation.makeNode("server")
            let crash = 1 + simulation.random("crash").below(40)
            simulation.beforeStep = { if $0 == crash { node.crash() } }
            for _ in 0..<3 {
                node.start("work") {
                    defer { marks.mark("defer") }
                    do {
                        while true {
                            await yield(3)
                            if !node.isUp { marks.mark("job") }
                            try await node.platform.clock.sleep(for: .seconds(1))
                        }
                    } catch { marks.mark("catch") }
                }
            }
            await simulation.sleep(.seconds(20))
            #expect(!node.isUp)
        }
        #expect(report.isClean, "\(report)")
        #expect(marks.beforeVerdict == [])
        #expect(report.count("fault: crash") == 1)
        #expect(report.leakedTaskCount == 0)
    }

    @Test func `a crash drops the ready jobs`() {
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            for _ in 0..<7 { node.start("work") { await yield(100) } }
            node.crash()
            node.start("too late") { simulation.fail("down", "a task started on a dead node") }
            await simulation.sleep(.seconds(1))
        }
        #expect(report.isClean, "\(report)")
        #expect(report.droppedJobCount == 7)
    }

    @Test func `a crash between two jobs finds a message sent before the write`() {
        let found = (0..<200 as Range<UInt64>).filter { seed in
            let sent = Box(0)
            let stored = Box(0)
            let isLost = Box(false)
            let report = simulate(seed: seed) { simulation in
                let node = simulation.makeNode("server")
                let outbox = Cell()
                let disk = Cell()
                let crash = 3 + simulation.random("crash").below(20)
                simulation.beforeStep = { if $0 == crash { node.crash() } }
                node.start("work") {
                    await outbox.add(1)
                    sent.value += 1
                    await disk.add(1)
                    stored.value += 1
                }
                await simulation.sleep(.seconds(1))
                isLost.value = sent.value > stored.value
            }
            #expect(report.isClean, "\(report)")
            return isLost.value
        }
        #expect(!found.isEmpty)
        #expect(found.count < 200)
    }

    @Test func `a node that ends itself goes on until it suspends and no further`() {
        let marks = Marks()
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            node.start("suicide") {
                node.crash()
                marks.mark("same job")
                do { try await node.platform.clock.sleep(for: .zero) } catch { marks.mark("catch") }
                marks.mark("next job")
            }
            await simulation.sleep(.seconds(1))
        }
        #expect(report.isClean, "\(report)")
        #expect(marks.beforeVerdict == ["same job"])
    }

    @Test func `a restart is another life with a higher incarnation and other chances`() {
        let lives = Box<[Int]>([])
        let draws = Box<Set<UInt64>>([])
        let report = simulate { simulation in
            for _ in 0..<3 {
                let node = simulation.makeNode("server")
                await node.start("draw") {
                    lives.value.append(node.incarnation)
                    draws.value.insert(node.platform.random.next("id"))
                }.wait()
                node.crash()
            }
        }
        #expect(report.isClean, "\(report)")
        #expect(lives.value == [1, 2, 3])
        #expect(draws.value.count == 3)
    }

    @Test func `a graceful stop cancels every task of the node`() {
        let ended = Box(0)
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            for _ in 0..<3 {
                node.start("work") {
                    do { try await node.platform.clock.sleep(for: .seconds(1000)) } catch {
                        ended.value += 1
                    }
                }
            }
            await simulation.sleep(.seconds(1))
            node.stop()
            await simulation.sleep(.seconds(1))
        }
        #expect(report.isClean, "\(report)")
        #expect(ended.value == 3)
    }
}
