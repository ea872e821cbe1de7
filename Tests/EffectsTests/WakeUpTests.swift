import ClusterSimulator
import Platform
import Testing

/// A waiter is woken by a signal, by time or by its own end, whichever comes first.
struct WakeUpTests {
    @Test func `a signal that came before is not lost, and counts once`() throws {
        try onOneNode { process in
            let (wakeUp, clock) = (WakeUp(), process.platform.clock)
            wakeUp.signal()
            wakeUp.signal()
            #expect(await wakeUp.wait(atMost: .seconds(5), on: clock))
            #expect(clock.uptime < .seconds(1))
            #expect(await !wakeUp.wait(atMost: .seconds(5), on: clock))
        }
    }

    @Test func `a signal ends the wait at once`() throws {
        try onOneNode { process in
            let (wakeUp, clock) = (WakeUp(), process.platform.clock)
            process.start("signaller") {
                await process.platform.rest(.seconds(2))
                wakeUp.signal()
            }
            let start = clock.uptime
            #expect(await wakeUp.wait(atMost: .seconds(60), on: clock))
            #expect(clock.uptime - start < .seconds(3))
        }
    }

    @Test func `nobody's signal ends the wait when its time is up`() throws {
        try onOneNode { process in
            let (wakeUp, clock) = (WakeUp(), process.platform.clock)
            let start = clock.uptime
            #expect(await !wakeUp.wait(atMost: .seconds(5), on: clock))
            #expect(clock.uptime - start >= .seconds(5))
        }
    }

    @Test func `a waiter that is cancelled leaves the signal to the next`() throws {
        try onOneNode { process in
            let (wakeUp, clock) = (WakeUp(), process.platform.clock)
            let waiter = process.start("waiter") {
                await wakeUp.wait(atMost: .seconds(60), on: clock)
            }
            await process.platform.rest(.seconds(1))
            waiter.cancel()
            await waiter.wait()
            wakeUp.signal()
            #expect(await wakeUp.wait(atMost: .seconds(5), on: clock))
        }
    }
}
