import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// Repetition has a measure: a budget, a deadline, a rest.
struct RetryBudgetTests {
    /// A greeter that counts how often it is asked, and is away when told so.
    private final class Greeter: @unchecked Sendable {
        var isAway = true
        var remaining: [Int64] = []

        func client(_ process: SimulatedNode) -> ClusterClient {
            ClusterClient(process.platform, greetersAt: ["a", "b"]) {
                _, envelope throws(TransportError) in
                self.remaining.append(envelope.remaining)
                if self.isAway { throw .unreachable }
                return .greeting("")
            }
        }

        func takeCount() -> Int {
            defer { remaining = [] }
            return remaining.count
        }
    }

    @Test func `the retry budget is spent and then refuses`() throws {
        try onOneNode { process in
            let greeter = Greeter()
            let client = greeter.client(process)
            #expect(await client.greet(timeout: .seconds(600)) == .unknown(.retryBudgetSpent))
            #expect(greeter.takeCount() == 21, "a first attempt and a reserve of 20")
            #expect(await client.greet(timeout: .seconds(600)) == .unknown(.retryBudgetSpent))
            #expect(greeter.takeCount() == 1)
        }
    }

    @Test func `calls earn retries`() throws {
        try onOneNode { process in
            let greeter = Greeter()
            let client = greeter.client(process)
            _ = await client.greet(timeout: .seconds(600))
            greeter.isAway = false
            for _ in 0..<11 { #expect(await client.greet() == .done("")) }
            greeter.isAway = true
            _ = greeter.takeCount()
            #expect(await client.greet(timeout: .seconds(600)) == .unknown(.retryBudgetSpent))
            #expect(greeter.takeCount() == 3, "a first attempt and 12 fifths of a retry")
        }
    }

    @Test func `the budget holds no more than its reserve`() {
        let budget = RetryBudget()
        for _ in 0..<1000 { budget.earn() }
        #expect((0..<100).filter { _ in budget.spend() }.count == 20)
    }

    @Test(arguments: [0, 1] as [Int64])
    func `a call whose time is over is not sent`(milliseconds: Int64) throws {
        try onOneNode { process in
            let greeter = Greeter()
            let end = await greeter.client(process).greet(timeout: .milliseconds(milliseconds))
            #expect(end == .unknown(.timedOut))
            #expect(greeter.takeCount() == 0)
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `each attempt is told how long its caller still waits`(seed: UInt64) throws {
        try onOneNode(seed: seed) { process in
            let greeter = Greeter()
            let end = await greeter.client(process).greet(timeout: .milliseconds(1500))
            #expect(end == .unknown(.unreachable))
            #expect(process.platform.clock.uptime < .milliseconds(1500))
            let remaining = greeter.remaining
            #expect(remaining.first == 1500)
            #expect(remaining == remaining.sorted(by: >))
            #expect(remaining.allSatisfy { $0 > 0 })
        }
    }

    @Test func `an attempt waits no longer than an attempt may`() throws {
        try onOneNode { process in
            let greeter = Greeter()
            greeter.isAway = false
            _ = await greeter.client(process).greet(timeout: .seconds(600))
            #expect(greeter.remaining == [3000])
        }
    }

    @Test func `the callee's deadline is the remaining time on its own clock`() throws {
        let deadline = try simulated { simulation in
            let seen = Box(Duration.zero)
            let town = try await Town(simulation, serverCount: 1) { place, _, context in
                seen.value = context.deadline - place.process.platform.clock.uptime
                return ""
            }
            try await town.servers[0].process.perform {
                await town.servers[0].process.platform.rest(.seconds(100))
            }
            _ = try await town.desk.perform { await $0.greet(timeout: .seconds(2)) }
            return seen.value
        }
        #expect(deadline == .seconds(2))
    }
}
