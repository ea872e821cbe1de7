import ClusterSimulator
import Dispatch
import Foundation
import Testing

struct EscapeTests {
    @MainActor private static func onMainActor() {}

    /// The kinds of escape of a node's task that runs `body`.
    private func escapes(
        _ body: @escaping @Sendable (SimulatedNode) async -> Void
    ) -> SimulationReport {
        simulate(seed: 42) { simulation in
            let node = simulation.makeNode("papers")
            await node.start("submit") { await body(node) }.wait()
        }
    }

    @Test func `a clean run has no escape`() {
        let report = escapes { node in
            await yield(3)
            do { try await node.platform.clock.sleep(for: .seconds(1)) } catch { return }
        }
        #expect(report.isClean, "\(report)")
    }

    @Test func `a detached task is caught, and named`() {
        let report = escapes { _ in
            await Task.detached { await yield(1) }.value
        }
        #expect(report.ending == .finished)
        #expect(!report.isClean)
        #expect(report.escapes.first?.kind == .defaultExecutor)
        #expect(report.escapes.first?.place.node == "papers")
        #expect(report.escapes.first?.task == "submit")
        #expect(report.escapes.first?.place.seed == 42)
        #expect(report.escapes.first?.awaits.addresses.isEmpty == false)
        #expect(report.escapes.first?.taskAwaits.addresses.isEmpty == false)
    }

    @Test func `an escape names the function that let it out`() {
        let detached = escapes { _ in await Self.letOut() }
        #expect(detached.description.contains("letOut"), "\(detached)")
        let sleeping = escapes { _ in await Self.sleepOutside() }
        #expect(sleeping.description.contains("sleepOutside"), "\(sleeping)")
    }

    @inline(never) private static func sleepOutside() async {
        do { try await Task.sleep(for: .milliseconds(1)) } catch { return }
    }

    @inline(never) private static func letOut() async {
        await Task.detached {}.value
    }

    @Test func `a sleep of the system is caught`() {
        let report = escapes { _ in
            do { try await Task.sleep(for: .milliseconds(1)) } catch { return }
            do { try await ContinuousClock().sleep(for: .milliseconds(1)) } catch { return }
        }
        #expect(report.ending == .finished)
        #expect(report.escapes.map(\.kind).filter { $0 == .systemSleep }.count == 2)
        #expect(report.virtualTime > .zero)
    }

    @Test func `the main actor is caught`() {
        let report = escapes { _ in await Self.onMainActor() }
        #expect(report.ending == .finished)
        #expect(report.escapes.map(\.kind).contains(.mainActor), "\(report)")
    }

    @Test func `a dispatch queue is caught`() {
        let report = escapes { _ in
            DispatchQueue.global().async {}
            DispatchQueue.global().asyncAfter(deadline: .now()) {}
        }
        #expect(report.escapes.map(\.kind).contains(.call("dispatch_async")), "\(report)")
        #expect(report.escapes.map(\.kind).contains(.call("dispatch_after")), "\(report)")
    }

    @Test func `a thread is caught`() {
        let report = escapes { _ in Thread.detachNewThread {} }
        #expect(report.escapes.map(\.kind).contains(.call("pthread_create")), "\(report)")
    }

    @Test func `a task resumed by another thread is caught and does not leak`() {
        let report = simulate { simulation in
            let node = simulation.makeNode("papers")
            let (isWaiting, isDone) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            node.start("submit") {
                await withCheckedContinuation { continuation in
                    DispatchQueue.global().async {
                        isWaiting.wait()
                        continuation.resume()
                        isDone.signal()
                    }
                }
            }
            await yield(10)
            isWaiting.signal()
            isDone.wait()
        }
        #expect(report.escapes.map(\.kind).contains(.foreignThread), "\(report)")
        #expect(report.leakedTaskCount == 0)
    }

    @Test func `an actor shared by two nodes is caught`() {
        let crossings = (0..<20 as Range<UInt64>).reduce(0) { count, seed in
            let report = simulate(seed: seed) { simulation in
                let shared = Cell()
                let tasks = ["a", "b"].map { name in
                    simulation.makeNode(name).start("work") {
                        for _ in 0..<20 { await shared.add(1) }
                    }
                }
                for task in tasks { await task.wait() }
            }
            return count + report.escapeCount
        }
        #expect(crossings > 0)
    }

    @Test func `a port used by another node is refused and reported`() {
        let error = Box<(any Error)?>(nil)
        let report = simulate { simulation in
            let owner = simulation.makeNode("a")
            await simulation.makeNode("b").start("thief") {
                do { try await owner.platform.clock.sleep(for: .seconds(1)) } catch let thrown {
                    error.value = thrown
                }
            }.wait()
        }
        let refusal = error.value as? WrongNode
        #expect(refusal?.owner == "a")
        #expect(refusal?.user == "b")
        #expect(report.violations.map(\.invariant) == [Violation.wrongNode])
    }

    @Test func `threads that run no simulation are left alone`() async throws {
        _ = simulate { _ in }
        try await Task.sleep(for: .milliseconds(1))
        await Task.detached { await Self.onMainActor() }.value
    }
}
