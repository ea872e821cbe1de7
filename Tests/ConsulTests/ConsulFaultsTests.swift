import Cluster
import ClusterSimulator
import Platform
import Testing

/// Drawn faults of every kind, and what holds when they have healed.
struct ConsulFaultsTests {
    /// How long after the last fault the registry says what is: an election, a full comparison of
    /// every agent, a removal by a janitor, and a last look of each watch.
    private static let bound = Duration.seconds(4 + 121 + 30 + 35)

    private static let faults: [@Sendable (Town, RandomStream) -> Void] = [
        { town, _ in town.consul.killLeader() },
        { town, _ in town.consul.loseQuorum() },
        { town, _ in town.consul.restoreQuorum() },
        { town, _ in town.consul.goDown() },
        { town, _ in town.consul.heal() },
        { town, draws in town.consul.killAgent(agent(draws)) },
        { town, draws in
            town.consul.restartAgent(agent(draws), forgetting: draws.chance(permille: 500))
        },
        { town, draws in
            town.consul.slowAgent(agent(draws), by: .milliseconds(draws.below(3000)))
        },
        { town, draws in town.consul.cutAgent(agent(draws), draws.chance(permille: 500)) },
        { town, draws in
            let ids = town.consul.registeredInstances
            if !ids.isEmpty {
                town.consul.removeFromCatalogue(instance: ids[draws.below(ids.count)])
            }
        },
        { town, _ in town.consul.takeSnapshot() },
        { town, _ in town.consul.restoreSnapshot() },
        { town, _ in town.consul.wakeSpuriously() },
        { town, draws in town.consul.freezeReplicas(draws.chance(permille: 500)) },
        { town, draws in
            town.servers[draws.below(3)].process.pause(for: .seconds(draws.below(40)))
        },
        { town, draws in
            let (one, other) = (place(draws), agent(draws))
            if draws.chance(permille: 500) { town.network.cut(from: [one], to: [other]) }
            if draws.chance(permille: 500) { town.network.cut(from: [other], to: [one]) }
        },
        { town, _ in town.network.heal() },
        { town, draws in
            town.network.weather.lostRequestPermille = draws.below(200)
            town.network.weather.lostReplyPermille = draws.below(200)
            town.network.weather.lateReplyPermille = draws.below(200)
            town.network.weather.reorderPermille = draws.below(200)
        },
    ]

    private static func place(_ draws: RandomStream) -> String {
        ["desk", "server 1", "server 2", "server 3"][draws.below(4)]
    }

    private static func agent(_ draws: RandomStream) -> String { Town.agent(of: place(draws)) }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `after all faults the living pass and the dead are gone`(seed: UInt64) throws {
        let report = try simulated(seed: seed) { simulation in
            let town = try await Town(simulation)
            let draws = simulation.random("faults")
            for _ in 0..<60 {
                try await town.rest(.milliseconds(draws.below(8000)))
                Self.faults[draws.below(Self.faults.count)](town, draws)
            }
            let dead = draws.below(4)
            if dead > 0 { town.servers[dead - 1].process.crash() }
            town.network.heal()
            town.network.weather = .calm
            town.consul.heal()
            try await town.rest(Self.bound)
            let living = town.servers.filter { $0.process.isUp }.count
            #expect(town.consul.passingInstances(of: Greet.service).count == living)
            #expect(town.consul.registeredInstances.count == living)
            for _ in 0..<10 {
                let answer = try await town.greet()
                #expect(answer != nil && answer != "server \(dead)")
            }
        }.report
        #expect(report.count("consul: requests") > 300)
    }
}
