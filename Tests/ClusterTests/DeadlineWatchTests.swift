import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// One sleeper ends any number of waits, and sleeps only while there are some.
struct DeadlineWatchTests {
    /// Starts tasks and knows how many of them run.
    private final class CountingTasks: TaskStarter, @unchecked Sendable {
        let tasks: any TaskStarter
        var started = 0
        var running = 0

        init(_ tasks: any TaskStarter) { self.tasks = tasks }

        func start(_ name: String, _ body: @escaping @Sendable () async -> Void) -> StartedTask {
            started += 1
            running += 1
            return tasks.start(name) {
                await body()
                self.running -= 1
            }
        }
    }

    private func watched(
        _ body: @escaping @Sendable (DeadlineWatch, CountingTasks, Platform) async -> Void
    ) throws {
        try onOneNode { process in
            let platform = process.platform
            let tasks = CountingTasks(platform.tasks)
            let counted = Platform(
                clock: platform.clock, random: platform.random, tasks: tasks,
                offload: platform.offload)
            await body(DeadlineWatch(platform: counted), tasks, platform)
        }
    }

    @Test func `work that ends in time gives its value`() throws {
        try watched { watch, _, platform in
            let value = await watch.run(for: .seconds(10)) {
                await platform.rest(.seconds(3))
                return 7
            }
            #expect(value == 7)
            #expect(platform.clock.uptime == .seconds(3))
        }
    }

    @Test(arguments: [-1, 0, 1, 19, 20, 21, 1000] as [Int64])
    func `work that takes too long is cancelled, a tick late at most`(limit: Int64) throws {
        try watched { watch, _, platform in
            let value = await watch.run(for: .milliseconds(limit)) {
                do { try await platform.clock.sleep(for: .seconds(60)) } catch { return 1 }
                return 2
            }
            #expect(value == nil)
            #expect(platform.clock.uptime >= .milliseconds(max(0, limit)))
            #expect(platform.clock.uptime <= .milliseconds(max(0, limit) + 20))
        }
    }

    @Test func `a watch without waits does not tick`() throws {
        try watched { watch, tasks, platform in
            #expect(tasks.started == 0)
            await watch.run(for: .seconds(1)) {}
            await platform.rest(.milliseconds(40))
            #expect(tasks.started == 1)
            #expect(tasks.running == 0)
            await platform.rest(.seconds(60))
            await watch.run(for: .seconds(1)) { await platform.rest(.milliseconds(500)) }
            await platform.rest(.milliseconds(40))
            #expect(tasks.started == 2)
            #expect(tasks.running == 0)
        }
    }

    @Test func `one sleeper serves many waits and each ends at its own time`() throws {
        try watched { watch, tasks, platform in
            let ends = Box<[Int: Duration]>([:])
            await withTaskGroup { group in
                for number in 1...50 {
                    group.addTask {
                        await watch.run(for: .seconds(number)) {
                            await platform.rest(.seconds(3600))
                        }
                        ends.value[number] = platform.clock.uptime
                    }
                }
            }
            for number in 1...50 {
                let late = ends.value[number, default: .zero] - .seconds(number)
                #expect(late >= .zero && late <= .milliseconds(20), "wait \(number): \(late)")
            }
            #expect(tasks.started == 1)
            await platform.rest(.milliseconds(40))
            #expect(tasks.running == 0)
        }
    }

    @Test func `a caller that is cancelled waits no longer`() throws {
        try watched { watch, tasks, platform in
            let value = Box<Int?>(7)
            let waiting = platform.tasks.start("waiting") {
                value.value =
                    await watch.run(for: .seconds(600)) {
                        await platform.rest(.seconds(600))
                        return Task.isCancelled ? nil : 1
                    } ?? nil
            }
            await platform.rest(.seconds(1))
            waiting.cancel()
            await waiting.wait()
            #expect(value.value == nil)
            #expect(platform.clock.uptime == .seconds(1))
            await platform.rest(.milliseconds(40))
            #expect(tasks.running == 0)
        }
    }

    @Test func `a sleeper that is cancelled with its node lets all waits go`() throws {
        try watched { watch, tasks, platform in
            let doomed = Box<StartedTask?>(nil)
            struct Doomed: TaskStarter {
                let tasks: any TaskStarter
                let box: Box<StartedTask?>
                func start(
                    _ name: String, _ body: @escaping @Sendable () async -> Void
                ) -> StartedTask {
                    let task = tasks.start(name, body)
                    box.value = task
                    return task
                }
            }
            let own = DeadlineWatch(
                platform: Platform(
                    clock: platform.clock, random: platform.random,
                    tasks: Doomed(tasks: tasks, box: doomed), offload: platform.offload))
            platform.tasks.start("end") {
                await platform.rest(.seconds(1))
                doomed.value?.cancel()
            }
            await own.run(for: .seconds(600)) { await platform.rest(.seconds(600)) }
            #expect(platform.clock.uptime == .seconds(1))
        }
    }
}
