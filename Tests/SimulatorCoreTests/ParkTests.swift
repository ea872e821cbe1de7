import ClusterSimulator
import Platform
import Testing

struct ParkTests {
    private enum Refusal: Error { case refused }

    @Test func `a wait ends with what the port wakes it with, once`() {
        let values = Box<[Int]>([])
        let report = simulate { simulation in
            let node = simulation.makeNode("node")
            await node.start("waiter") {
                do {
                    let value: Int = try await node.park { wake in
                        simulation.after(.seconds(1)) {
                            wake(.success(1))
                            wake(.success(2))
                        }
                    }
                    values.value.append(value)
                } catch { values.value.append(-1) }
            }.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(values.value == [1])
    }

    @Test func `a wait is ended by cancellation, and its late answer is ignored`() {
        let isCancelled = Box(false)
        let report = simulate { simulation in
            let node = simulation.makeNode("node")
            let task = node.start("waiter") {
                do {
                    try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                        simulation.after(.seconds(10)) { wake(.success(())) }
                    }
                } catch { isCancelled.value = error is CancellationError }
            }
            await simulation.sleep(.seconds(1))
            task.cancel()
            await task.wait()
            #expect(simulation.now == .seconds(1))
            await simulation.sleep(.seconds(60))
        }
        #expect(report.isClean, "\(report)")
        #expect(isCancelled.value)
    }

    @Test func `a wait on a dead node is ended by the reaper only`() {
        let error = Box<(any Error)?>(nil)
        let wasReaping = Box(false)
        let report = simulate { simulation in
            let node = simulation.makeNode("node")
            node.start("waiter") {
                node.crash()
                do {
                    try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                        wake(.success(()))
                    }
                } catch let thrown {
                    error.value = thrown
                    wasReaping.value = simulation.isReaping
                }
            }
            await simulation.sleep(.seconds(1))
        }
        #expect(report.isClean, "\(report)")
        #expect(error.value is NodeIsDown)
        #expect(wasReaping.value)
    }

    @Test func `a wait that is answered or refused at once still suspends`() {
        let report = simulate { simulation in
            let node = simulation.makeNode("node")
            let results: [Result<Void, any Error>] = [.success(()), .failure(Refusal.refused)]
            await node.start("waiter") {
                for result in results {
                    let before = simulation.stepCount
                    do {
                        try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
                            wake(result)
                        }
                    } catch {
                        if !(error is Refusal) { simulation.fail("error", "\(error)") }
                    }
                    if simulation.stepCount == before { simulation.fail("suspends", "it did not") }
                }
            }.wait()
        }
        #expect(report.isClean, "\(report)")
    }

    @Test func `a cancelled task that sleeps in a loop meets the step limit`() {
        var options = SimulationOptions(seed: 1, policy: .random)
        options.stepCountMaximum = 1000
        let report = simulate(options) { simulation in
            let node = simulation.makeNode("node")
            let task = node.start("spinner") {
                while !simulation.isReaping {
                    do { try await node.platform.clock.sleep(for: .seconds(1)) } catch { continue }
                }
            }
            task.cancel()
            await task.wait()
        }
        #expect(report.ending == .stepLimit)
        #expect(report.leakedTaskCount == 0, "\(report)")
    }
}
