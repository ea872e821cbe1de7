import Dispatch
import Platform
import Synchronization
import Testing

@testable import ClusterNetwork

/// The bounds and the end of a real platform.
@Suite struct SystemPlatformTests {
    @Test func `work beyond the threads and the queue is refused`() async throws {
        let offload = ThreadOffload(threadCount: 2, waitingCountMaximum: 3)
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        let tasks = (0..<2).map { _ in
            Task {
                try await offload.run("busy") {
                    begun.signal(); gate.wait()
                }
            }
        }
        await wait(for: begun, times: 2)
        let waiting = (0..<3).map { number in
            Task { try await offload.run("waiting") { number } }
        }
        while offload.waitingCount < 3 { await Task.yield() }
        await #expect(throws: OffloadError.full) { try await offload.run("more") {} }
        for _ in 0..<2 { gate.signal() }
        for task in tasks { try await task.value }
        for (number, task) in waiting.enumerated() { #expect(try await task.value == number) }
        await offload.shutDown()
    }

    @Test func `a shut-down offload finishes what waits and takes no more`() async throws {
        let offload = ThreadOffload(threadCount: 1, waitingCountMaximum: 10)
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        let busy = Task {
            try await offload.run("busy") {
                begun.signal(); gate.wait()
            }
        }
        await wait(for: begun, times: 1)
        let waiting = Task { try await offload.run("waiting") { 7 } }
        while offload.waitingCount < 1 { await Task.yield() }
        let end = Task { await offload.shutDown() }
        gate.signal()
        await end.value
        try await busy.value
        #expect(try await waiting.value == 7)
        await #expect(throws: OffloadError.full) { try await offload.run("late") {} }
        await offload.shutDown()
    }

    @Test func `a shut-down node cancels its tasks, waits for them and starts no more`() async {
        let tasks = SystemTasks()
        let ended = Mutex(0)
        for number in 0..<5 {
            tasks.start("task \(number)") {
                while !Task.isCancelled { await Task.yield() }
                ended.withLock { $0 += 1 }
            }
        }
        #expect(tasks.names == (0..<5).map { "task \($0)" })
        await tasks.shutDown()
        #expect(ended.withLock { $0 } == 5)
        #expect(tasks.names.isEmpty)
        let late = tasks.start("late") { ended.withLock { $0 += 1 } }
        await late.wait()
        late.cancel()
        #expect(ended.withLock { $0 } == 5)
    }

    @Test func `waiting for all waits for tasks that tasks have started`() async {
        let tasks = SystemTasks()
        let ended = Mutex(0)
        tasks.start("outer") {
            tasks.start("inner") {
                await Task.yield()
                ended.withLock { $0 += 1 }
            }
        }
        await tasks.waitAll()
        #expect(ended.withLock { $0 } == 1)
    }

    /// Waits beside the tasks' own threads, which it must not block.
    private func wait(for semaphore: DispatchSemaphore, times: Int) async {
        for _ in 0..<times {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    semaphore.wait()
                    continuation.resume()
                }
            }
        }
    }
}
