import Cluster
import ClusterSimulator
import Effects
import MemoryAdapters
import Platform
import Ports
import Testing

/// Commands that meet on one document.
struct ConcurrencyTests {
    @Test(arguments: 0..<20 as Range<UInt64>, [2, 5])
    func `commands on one document at once all take effect, each once`(
        seed: UInt64, count: Int
    ) throws {
        let (decisions, contents) = try simulated(seed: seed) { simulation in
            let database = SimulatedDatabase("database", simulation)
            let decisions = Box(0)
            let tasks = (1...count).map { number in
                let process = simulation.makeNode("server \(number)")
                let bank = Bank(store: database.store(for: process), platform: process.platform)
                return process.start("deposit") {
                    do {
                        _ = try await bank.deposit(Deposit(), .call(of: .account("\(number)")))
                    } catch { simulation.fail("every command is carried out", "\(error)") }
                    decisions.value += bank.decisions.value
                }
            }
            for task in tasks { await task.wait() }
            return (decisions.value, try Contents(of: database.table))
        }
        #expect(contents == Contents(amounts: ["ada": count], each: count))
        #expect(decisions >= count)
    }

    @Test func `some of those commands are decided again`() throws {
        let decisions = try (0..<5 as Range<UInt64>).map { seed in
            try simulated(seed: seed) { simulation in
                let database = SimulatedDatabase("database", simulation)
                let process = simulation.makeNode("server")
                let bank = Bank(store: database.store(for: process), platform: process.platform)
                let tasks = (1...2).map { number in
                    process.start("deposit") {
                        do {
                            _ = try await bank.deposit(Deposit(), .call(of: .account("\(number)")))
                        } catch { simulation.fail("every command is carried out", "\(error)") }
                    }
                }
                for task in tasks { await task.wait() }
                return bank.decisions.value
            }
        }
        #expect(decisions.contains { $0 > 2 }, "\(decisions)")
    }

    @Test func `a command that always comes second gives up after its attempts`() throws {
        try onOneNode { process in
            let memory = MemoryDocumentStore()
            let store = FailingStore(memory)
            store.conflicts = true
            let bank = Bank(store: store, platform: process.platform)
            await #expect(throws: ClusterError.overloaded) {
                try await bank.deposit(Deposit(), .call())
            }
            #expect(bank.decisions.value == 12)
            #expect(store.commits.count == 12)
            let contents = try Contents(of: memory.table)
            #expect(contents == Contents())
            store.conflicts = false
            let balance = try await bank.deposit(Deposit(), .call())
            #expect(balance == Balance(amount: 1))
        }
    }

    @Test func `a command that is cancelled between two attempts ends`() throws {
        try onOneNode { process in
            let store = FailingStore(MemoryDocumentStore())
            store.conflicts = true
            let bank = Bank(store: store, platform: process.platform)
            let isCancelled = Box(false)
            let task = process.start("deposit") {
                do { _ = try await bank.deposit(Deposit(), .call()) } catch {
                    isCancelled.value = error is CancellationError
                }
            }
            task.cancel()
            await task.wait()
            #expect(isCancelled.value)
            #expect(bank.decisions.value < 12)
        }
    }

    @Test func `a command depends on what it verified`() throws {
        try onOneNode { process in
            let store = MemoryDocumentStore()
            let bank = Bank(store: store, platform: process.platform)
            _ = try await bank.deposit(Deposit(), .call())
            let reply = try await bank.effects.perform(Deposit(), .call("request-2")) {
                transaction in
                bank.decisions.value += 1
                let read = try #require(try await store.read("ada", in: Balance.collection))
                transaction.verify(read, in: Balance.collection)
                try transaction.insert(read.value, id: "copy", in: Balance.collection)
                if bank.decisions.value == 2 {
                    _ = try await bank.deposit(Deposit(amount: 10), .call("request-3"))
                }
                return read.value
            }
            #expect(reply == Balance(amount: 11))
            let contents = try Contents(of: store.table, accounts: ["ada", "copy"])
            #expect(contents.amounts == ["ada": 11, "copy": 11])
        }
    }
}
