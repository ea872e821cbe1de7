import BSON
import Cluster
import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

@testable import Effects

/// All that belongs to a command is in one commit.
struct CommitTests {
    @Test(arguments: 1...5, FailingStore.Fate.allCases)
    func `a store that fails at any step leaves all or nothing, and the retry makes it once`(
        step: Int, fate: FailingStore.Fate
    ) throws {
        try onOneNode { process in
            let memory = MemoryDocumentStore()
            let store = FailingStore(memory)
            let bank = Bank(store: store, platform: process.platform)
            let (none, all) = (Contents(), Contents(amounts: ["ada": 1], each: 1))
            store.fates = [step: fate]
            do {
                #expect(try await bank.deposit(Deposit(), .call()) == Balance(amount: 1))
                #expect(step > 3)
            } catch let error as StoreError {
                #expect(step <= 3)
                let isChange = step == 3
                let isUnknown = isChange && fate != .unavailable
                #expect(error == (isUnknown ? .outcomeUnknown : .unavailable))
                let contents = try Contents(of: memory.table)
                #expect(contents == (isChange && fate == .lostAfter ? all : none))
            }
            store.fates = [:]
            #expect(try await bank.deposit(Deposit(), .call()) == Balance(amount: 1))
            #expect(try Contents(of: memory.table) == all)
        }
    }

    @Test func `a command makes one commit`() throws {
        let collections = try onOneNode { process in
            let store = FailingStore(MemoryDocumentStore())
            let bank = Bank(store: store, platform: process.platform)
            _ = try await bank.deposit(Deposit(), .call())
            return store.commits.map { $0.map(\.key.collection).sorted() }
        }
        #expect(collections == [["audit", "balances", "idempotency", "outbox"]])
    }

    @Test(arguments: 0..<40)
    func `a crash between any two steps leaves all or nothing`(crash: Int) throws {
        try simulated(seed: UInt64(crash)) { simulation in
            let database = SimulatedDatabase("database", simulation)
            let (none, all) = (Contents(), Contents(amounts: ["ada": 1], each: 1))
            let first = simulation.makeNode("server")
            let begin = simulation.stepCount
            simulation.beforeStep = { if $0 == begin + crash { first.crash() } }
            let bank = Bank(store: database.store(for: first), platform: first.platform)
            first.start("deposit") {
                do { _ = try await bank.deposit(Deposit(), .call()) } catch {
                    simulation.fail("only the crash ends the command", "\(error)")
                }
            }
            let second = simulation.makeNode("server")
            try await second.perform { await second.platform.rest(.seconds(1)) }
            let contents = try Contents(of: database.table)
            #expect(contents == none || contents == all)
            let next = Bank(store: database.store(for: second), platform: second.platform)
            let reply = try await second.perform { try await next.deposit(Deposit(), .call()) }
            #expect(reply == Balance(amount: 1))
            #expect(try Contents(of: database.table) == all)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a command that is repeated until its outcome is known takes effect once`(
        seed: UInt64
    ) throws {
        let (unknownCount, contents) = try simulated(seed: seed) { simulation in
            let database = SimulatedDatabase("database", simulation)
            database.weather.unknownPermille = 600
            let process = simulation.makeNode("server")
            let bank = Bank(store: database.store(for: process), platform: process.platform)
            let unknownCount = try await process.perform {
                var unknownCount = 0
                while true {
                    do {
                        let reply = try await bank.deposit(Deposit(), .call())
                        #expect(reply == Balance(amount: 1))
                        return unknownCount
                    } catch StoreError.outcomeUnknown {
                        unknownCount += 1
                    }
                }
            }
            return (unknownCount, try Contents(of: database.table))
        }
        #expect(unknownCount < 100)
        #expect(contents == Contents(amounts: ["ada": 1], each: 1))
    }

    @Test func `the audit record says who did what to which objects, and why`() throws {
        let records = try onOneNode { process in
            let store = MemoryDocumentStore()
            let bank = Bank(store: store, platform: process.platform)
            _ = try await bank.deposit(Deposit(), .call())
            let read = try #require(try await store.read("ada", in: Balance.collection))
            _ = try await bank.effects.perform(Deposit(), .call("request-2")) { transaction in
                transaction.remove(read, from: Balance.collection)
                try transaction.insert(Balance(), id: "bert", in: Balance.collection)
                return Balance()
            }
            #expect(
                try Contents(of: store.table, accounts: ["ada", "bert"]).amounts == ["bert": 0])
            return try store.table.values(of: AuditRecord.collection, by: "time")
        }
        #expect(records.count == 2)
        let record = try #require(records.first { $0.requestID == "request-2" })
        #expect(record.actor == "account:1")
        #expect(record.subject == "account:1")
        #expect(record.action == "deposit")
        #expect(record.objects == ["balances/ada", "balances/bert"])
        #expect(record.traceID == "trace")
    }

    @Test(
        arguments: [
            (.conflict(DocumentKey(collection: "a", id: "b")), .overloaded),
            (.outcomeUnknown, .outcomeUnknown), (.unavailable, .unavailable), (.full, .storageFull),
            (.limit("x"), .failed), (.corrupt("x"), .failed),
        ] as [(StoreError, ClusterError)])
    func `a caller is told what the store's trouble amounts to`(
        error: StoreError, told: ClusterError
    ) {
        #expect(error.clusterError == told)
    }
}
