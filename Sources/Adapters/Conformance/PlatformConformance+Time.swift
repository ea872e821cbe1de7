import Platform

extension PlatformConformance {
    static let time: [Check<Platform>] = [
        Check("the uptime never goes back") { platform in
            var last = platform.clock.uptime
            for _ in 0..<1000 {
                let next = platform.clock.uptime
                try expect("that \(next) is not before \(last)", next >= last)
                last = next
            }
        },
        Check("a sleep lasts at least as long as it should") { platform in
            for milliseconds in [-1, 0, 1, 20] {
                let start = platform.clock.uptime
                try await platform.clock.sleep(for: .milliseconds(milliseconds))
                let passed = platform.clock.uptime - start
                try expect("that \(passed) is enough", passed >= .milliseconds(milliseconds))
            }
        },
        Check("a sleep ends with a CancellationError when its task is cancelled") { platform in
            let outcome = Outcome()
            let task = platform.tasks.start("sleeper") {
                do {
                    try await platform.clock.sleep(for: .seconds(86_400))
                    await outcome.note("slept")
                } catch is CancellationError {
                    await outcome.note("cancelled")
                } catch {
                    await outcome.note("\(error)")
                }
            }
            task.cancel()
            await task.wait()
            try expect("how the sleep ended", await outcome.notes, is: ["cancelled"])
        },
        Check("the time of day can be written with four digits of a year") { platform in
            let text = platform.clock.now.description
            try expect("the length of \(text)", text.utf8.count, is: 24)
        },
    ]
}
