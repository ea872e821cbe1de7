import ClusterSimulator
import Platform
import Testing

struct FaultTests {
    private let epoch = Instant("2026-03-01T00:00:00Z")

    @Test func `a paused node runs nothing until its pause is over`() {
        let ended = Box(Duration.zero)
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            let task = node.start("work") {
                await yield(2)
                ended.value = simulation.now
            }
            node.pause(for: .seconds(5))
            node.pause(for: .seconds(3))
            #expect(node.isPaused)
            await task.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(ended.value == .seconds(5))
    }

    @Test func `every job of a slow node waits`() {
        let ended = Box(Duration.zero)
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            node.slow(by: .milliseconds(10))
            await node.start("work") {
                await yield(4)
                ended.value = simulation.now
                node.slow(by: .zero)
                await yield(4)
                #expect(simulation.now == ended.value)
            }.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(ended.value >= .milliseconds(50))
        #expect(ended.value.milliseconds % 10 == 0)
    }

    @Test func `a skewed clock is wrong by its offset`() {
        let seen = Box<Instant?>(nil)
        let report = simulate { simulation in
            let node = simulation.makeNode("server", clock: ClockFault(offset: .seconds(3600)))
            await simulation.sleep(.seconds(10))
            seen.value = node.platform.clock.now
        }
        #expect(report.isClean, "\(report)")
        #expect(seen.value == epoch.map { $0 + .seconds(3610) })
    }

    @Test func `a drifting clock sleeps its own time`() {
        let slept = Box((own: Duration.zero, true: Duration.zero))
        let report = simulate { simulation in
            let fast = ClockFault(driftPartsPerMillion: 10_000)
            let node = simulation.makeNode("server", clock: fast)
            await node.start("sleeper") {
                let clock = node.platform.clock
                let (own, truth) = (clock.uptime, simulation.now)
                do { try await clock.sleep(for: .seconds(101)) } catch { return }
                slept.value = (clock.uptime - own, simulation.now - truth)
            }.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(slept.value.own == .seconds(101))
        #expect(slept.value.true == .seconds(100))
    }

    @Test(arguments: [-500_000, -333_333, -1, 0, 1, 77_777, 500_000])
    func `a sleep is the least true time in which its own time goes by`(drift: Int) {
        let report = simulate { simulation in
            let node = simulation.makeNode(
                "server", clock: ClockFault(driftPartsPerMillion: drift))
            await node.start("sleeper") {
                let clock = node.platform.clock
                let lengths: [Int64] = [1, 2, 3, 999_999, 1_000_000, 1_000_001, 123_456_789_012]
                for length in lengths {
                    let before = clock.uptime
                    do { try await clock.sleep(for: .nanoseconds(length)) } catch { return }
                    let excess = (clock.uptime - before).nanoseconds - length
                    if !(0...1).contains(excess) { simulation.fail("sleep", "\(excess) too long") }
                }
            }.wait()
        }
        #expect(report.isClean, "\(report)")
    }

    @Test func `a clock step moves the time of day and neither uptime nor sleeps`() {
        let seen = Box<[Instant?]>([])
        let ended = Box(Duration.zero)
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            let clock = node.platform.clock
            let task = node.start("sleeper") {
                do { try await clock.sleep(for: .seconds(60)) } catch { return }
                ended.value = clock.uptime
            }
            await simulation.sleep(.seconds(10))
            node.stepClock(by: .seconds(-3600))
            seen.value.append(clock.now)
            node.stepClock(by: .seconds(7200))
            seen.value.append(clock.now)
            await task.wait()
        }
        #expect(report.isClean, "\(report)")
        #expect(
            seen.value == [-3590, 3610].map { seconds in epoch.map { $0 + .seconds(seconds) } })
        #expect(ended.value == .seconds(60))
        #expect(report.count("fault: clock step") == 2)
    }

    @Test func `a change of drift is no jump`() {
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            await simulation.sleep(.seconds(1000))
            node.setClockDrift(partsPerMillion: 100_000)
            #expect(node.platform.clock.uptime == .seconds(1000))
            await simulation.sleep(.seconds(10))
            #expect(node.platform.clock.uptime == .seconds(1011))
        }
        #expect(report.isClean, "\(report)")
    }

    @Test func `offloaded work costs virtual time, and too much of it is refused`() {
        let results = Box((done: 0, refused: 0))
        let report = simulate { simulation in
            let node = simulation.makeNode("server")
            let tasks = (0..<300).map { number in
                node.start("hash") {
                    do {
                        let offload = node.platform.offload
                        let value = try await offload.run("square") { number * number }
                        if value == number * number { results.value.done += 1 }
                    } catch OffloadError.full { results.value.refused += 1 } catch { return }
                }
            }
            for task in tasks { await task.wait() }
        }
        #expect(report.isClean, "\(report)")
        #expect(results.value == (256, 44))
        #expect(report.virtualTime > .zero)
    }
}
