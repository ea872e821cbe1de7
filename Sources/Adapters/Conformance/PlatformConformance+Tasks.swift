import Platform

extension PlatformConformance {
    static let tasks: [Check<Platform>] = [
        Check("started work runs, and waiting for it returns when it has ended") { platform in
            let outcome = Outcome()
            let task = platform.tasks.start("worker") {
                await outcome.note("begun")
                await Task.yield()
                await outcome.note("ended")
            }
            await task.wait()
            try expect("what happened", await outcome.notes, is: ["begun", "ended"])
            await task.wait()
            task.cancel()
            await task.wait()
        },
        Check("cancelling asks one task and no other to end") { platform in
            let outcome = Outcome()
            let cancelled = platform.tasks.start("cancelled") {
                while !Task.isCancelled { await Task.yield() }
                await outcome.note("cancelled")
            }
            let other = platform.tasks.start("other") {
                await cancelled.wait()
                await outcome.note(Task.isCancelled ? "other cancelled" : "other untouched")
            }
            cancelled.cancel()
            await other.wait()
            try expect("what happened", await outcome.notes, is: ["cancelled", "other untouched"])
        },
        Check("many tasks run beside each other") { platform in
            let numbers = try await platform.tasks.together(200) { number in
                await Task.yield()
                return number
            }
            try expect("the results", numbers, is: Array(0..<200))
        },
        Check("started work may start work") { platform in
            let outcome = Outcome()
            let task = platform.tasks.start("outer") {
                await platform.tasks.start("inner") { await outcome.note("inner") }.wait()
                await outcome.note("outer")
            }
            await task.wait()
            try expect("what happened", await outcome.notes, is: ["inner", "outer"])
        },
    ]

    static let offload: [Check<Platform>] = [
        Check("offloaded work gives its value") { platform in
            let sum = try await platform.offload.run("conformance.sum") {
                (1...1000).reduce(0, +)
            }
            try expect("the sum", sum, is: 500_500)
        },
        Check("offloaded work throws its own error") { platform in
            let failure = ConformanceFailure("work", expected: "this", found: "error")
            try await expectError("the work", "its own error") {
                try await platform.offload.run("conformance.error") { throw failure }
            } where: { error in
                error as? ConformanceFailure == failure
            }
        },
        Check("offloaded works of several tasks all run, each once") { platform in
            let numbers = try await platform.tasks.together(50) { number in
                try await platform.offload.run("conformance.many") {
                    number
                }
            }
            try expect("the results", numbers, is: Array(0..<50))
        },
    ]
}
