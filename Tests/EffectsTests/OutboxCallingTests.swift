import BSON
import Cluster
import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

@testable import Effects

/// What one service tells another takes effect there once.
struct OutboxCallingTests {
    /// A bank whose outbox waits to be told to two ledgers over a network.
    private final class World: @unchecked Sendable {
        static let consumer = OutboxConsumer("ledger")

        let simulation: Simulation
        let network: SimulatedNetwork
        let registry: SimulatedRegistry
        let sending: SimulatedDatabase
        let receiving: SimulatedDatabase

        init(_ simulation: Simulation) {
            self.simulation = simulation
            network = SimulatedNetwork(simulation)
            registry = SimulatedRegistry(simulation)
            sending = SimulatedDatabase("sending", simulation)
            receiving = SimulatedDatabase("receiving", simulation)
        }

        func makeNode(_ name: String) -> (process: SimulatedNode, node: Node) {
            let process = simulation.makeNode(name)
            let node = Node(
                .init(address: Address(name)), platform: process.platform,
                transport: network.transport(of: process),
                registry: registry.registry(for: process))
            process.atCrash { withExtendedLifetime(node) {} }
            return (process, node)
        }

        /// Starts a ledger: it takes what is told as deposits, and refuses a closed account.
        func addLedger(_ name: String) async throws {
            let (process, node) = makeNode(name)
            let bank = Bank(store: receiving.store(for: process), platform: process.platform)
            let isTold = Handler(Deposit.self) { message, context in
                guard context.principal == Principal(.service("till")) else {
                    throw ClusterError.failed
                }
                return try await bank.deposit(message, context)
            }
            node.host(Service(Deposit.service, [isTold]))
            try await process.perform { try await node.start() }
        }

        /// Starts a node that relays, and returns its process.
        func addRelay(_ name: String) async throws -> SimulatedNode {
            let (process, node) = makeNode(name)
            let route = OutboxRoute.calling(
                Self.consumer, with: Deposit.self, as: "till", client: node.client)
            let effects = Effects(
                store: sending.store(for: process), platform: process.platform)
            let relay = OutboxRelay(effects, routes: [route])
            try await process.perform { try await node.start() }
            process.start("relay") { await relay.run() }
            return process
        }

        /// Puts deposits in the outbox.
        func announce(_ deposits: [Deposit]) async throws {
            let process = simulation.makeNode("till")
            let store = sending.store(for: process)
            try await process.perform {
                let effects = Effects(store: store, platform: process.platform)
                _ = try await effects.perform(Withdrawal(), .call()) { transaction in
                    for deposit in deposits {
                        try transaction.announce(deposit, to: Self.consumer)
                    }
                    return Balance()
                }
            }
        }
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `what two relays tell over a bad network takes effect once`(seed: UInt64) throws {
        try simulated(seed: seed) { simulation in
            let world = World(simulation)
            for number in 1...2 { try await world.addLedger("ledger \(number)") }
            try await world.announce((1...20).map { Deposit(amount: $0) })
            world.network.weather.lostReplyPermille = 200
            world.network.weather.lostRequestPermille = 100
            world.network.weather.duplicatePermille = 200
            world.sending.weather.unknownPermille = 100
            world.receiving.weather.unknownPermille = 100
            let doomed = try await world.addRelay("till 1")
            let relay = try await world.addRelay("till 2")
            simulation.after(.seconds(5)) { doomed.crash() }
            try await relay.perform { await relay.platform.rest(.seconds(1200)) }
            #expect(try world.sending.table.ids(of: "outbox", by: "due") == [])
            #expect(try world.sending.table.ids(of: "outbox", by: "dead") == [])
            let contents = try Contents(of: world.receiving.table)
            #expect(contents == Contents(amounts: ["ada": 210], each: 20))
        }
    }

    @Test func `what the receiver refuses becomes a dead letter with the refusal's code`() throws {
        try simulated { simulation in
            let world = World(simulation)
            try await world.addLedger("ledger")
            let till = try await world.addRelay("till 1")
            let store = world.receiving.store(for: till)
            try await till.perform {
                try await store.commit([
                    try Balance.collection.write(
                        Balance(isClosed: true), id: "bert", expecting: .absent)
                ])
            }
            try await world.announce([Deposit(account: "bert"), Deposit(account: "ada")])
            try await till.perform { await till.platform.rest(.seconds(30)) }
            let dead = try world.sending.table.values(of: OutboxRow.collection, by: "dead")
            #expect(dead.map(\.deadLetter) == ["closed"])
            #expect(try Contents(of: world.receiving.table).amounts == ["ada": 1])
        }
    }

    @Test func `what nobody takes yet waits`() throws {
        try simulated { simulation in
            let world = World(simulation)
            let till = try await world.addRelay("till 1")
            try await world.announce([Deposit()])
            try await till.perform { await till.platform.rest(.seconds(120)) }
            #expect(try world.sending.table.ids(of: "outbox", by: "due").count == 1)
            try await world.addLedger("ledger")
            try await till.perform { await till.platform.rest(.seconds(120)) }
            #expect(try world.sending.table.ids(of: "outbox", by: "due") == [])
            #expect(try Contents(of: world.receiving.table).amounts == ["ada": 1])
        }
    }
}
