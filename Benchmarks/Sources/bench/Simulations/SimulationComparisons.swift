import ClusterSimulator
import Platform

/// The simulator beside the cheapest things that could decide and do the same.
enum SimulationComparisons {
    static func all() -> [Comparison] { [tiny(), calls(), idle()] }

    private static func tiny() -> Comparison {
        let jobCount = simulate(.tiny, seed: 1).stepCount
        return Comparison(
            name: "a tiny simulation of \(jobCount) jobs", unit: "simulations",
            ours: Contender(name: "Simulation") { count in
                SimulationThread.run {
                    (0..<count).reduce(0) { $0 + check(.tiny, seed: UInt64($1)).stepCount }
                }
            },
            peers: [
                Contender(name: "closures in drawn order") { count in
                    (0..<count).reduce(0) { sum, seed in
                        let loop = BareLoop(seed: UInt64(seed))
                        loop.add(rowOf: jobCount / 2)
                        loop.add(rowOf: jobCount - jobCount / 2)
                        return sum + loop.run()
                    }
                }
            ])
    }

    private static func calls() -> Comparison {
        let jobCount = simulate(.calls(1000), seed: 1).stepCount / 1000
        return Comparison(
            name: "a simulated call of \(jobCount) jobs, 8 in flight", unit: "calls",
            ours: Contender(name: "ClusterClient.call, SimulatedNetwork") { count in
                simulate(.calls(count), seed: 1).count("calls")
            },
            peers: [
                Contender(name: "closures in drawn order") { count in
                    bareCalls(count, jobCount: jobCount) { 1 }
                },
                Contender(name: "closures that encode") { count in
                    bareCalls(count, jobCount: jobCount) {
                        do { return Int(try CallEncoding.carry(.sample).number) } catch {
                            preconditionFailure("what was encoded is decoded: \(error)")
                        }
                    }
                },
            ])
    }

    private static func idle() -> Comparison {
        let nodeCount = 20
        return Comparison(
            name: "an idle cluster of \(nodeCount) nodes", unit: "virtual seconds",
            ours: Contender(name: "SimulatedRegistry, renewals") { count in
                let scenario = Scenario.idle(nodeCount: nodeCount, for: .seconds(count))
                return simulate(scenario, seed: 1).stepCount
            },
            peers: [
                Contender(name: "timers of the same period") { count in
                    BareTimers.run(
                        timerCount: nodeCount,
                        period: (SimulatedRegistry.timeToLive / 3).nanoseconds,
                        until: Duration.seconds(count).nanoseconds, seed: 1)
                }
            ])
    }

    /// Eight rows of calls; each call is `jobCount` jobs, the last of which does `body`.
    private static func bareCalls(
        _ count: Int, jobCount: Int, _ body: @escaping () -> Int
    ) -> Int {
        let loop = BareLoop(seed: 1)
        var sum = 0
        for number in 0..<8 {
            loop.add(rowOf: (count + number) / 8 * jobCount) { leftCount in
                if leftCount % jobCount == 0 { sum &+= body() }
            }
        }
        return loop.run() + sum
    }

    private static func simulate(_ scenario: Scenario, seed: UInt64) -> SimulationReport {
        SimulationThread.run { check(scenario, seed: seed) }
    }

    /// Runs a scenario on this thread; one that does not hold measures nothing.
    private static func check(_ scenario: Scenario, seed: UInt64) -> SimulationReport {
        var options = SimulationOptions(seed: seed)
        options.stepCountMaximum = .max
        let report = scenario.simulate(options)
        precondition(report.verdict == .held, "\(report)")
        return report
    }
}
