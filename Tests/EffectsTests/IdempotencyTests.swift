import Cluster
import ClusterSimulator
import Effects
import MemoryAdapters
import Platform
import Ports
import Testing

/// A command takes effect once for each principal and request id.
struct IdempotencyTests {
    /// Runs `body` with a bank on a store in memory and says what the store holds after it.
    private func contents(
        _ body: @escaping @Sendable (Bank, MemoryDocumentStore) async throws -> Void
    ) throws -> Contents {
        try onOneNode { process in
            let store = MemoryDocumentStore()
            try await body(Bank(store: store, platform: process.platform), store)
            return try Contents(of: store.table)
        }
    }

    @Test func `the same request again is answered as before and changes nothing`() throws {
        let contents = try contents { bank, _ in
            let first = try await bank.deposit(.init(amount: 5), .call())
            let other = try await bank.deposit(.init(amount: 2), .call("request-2"))
            let again = try await bank.deposit(.init(amount: 5), .call())
            #expect(first == Balance(amount: 5))
            #expect(other == Balance(amount: 7))
            #expect(again == first)
            #expect(bank.decisions.value == 2)
        }
        #expect(contents == Contents(amounts: ["ada": 7], each: 2))
    }

    @Test(arguments: [Deposit(amount: 2), Deposit(account: "bert"), Deposit(account: "")])
    func `another body under the same request id is refused`(other: Deposit) throws {
        let contents = try contents { bank, _ in
            _ = try await bank.deposit(Deposit(), .call())
            await #expect(throws: ClusterError.requestIDReused) {
                try await bank.deposit(other, .call())
            }
            #expect(bank.decisions.value == 1)
        }
        #expect(contents == Contents(amounts: ["ada": 1], each: 1))
    }

    @Test func `another message of the same body under the same request id is refused`() throws {
        let contents = try contents { bank, _ in
            _ = try await bank.deposit(Deposit(password: ""), .call())
            await #expect(throws: ClusterError.requestIDReused) {
                try await bank.effects.perform(Withdrawal(), .call()) { _ in
                    Issue.record("a command under a used id is not decided")
                    return Balance()
                }
            }
        }
        #expect(contents == Contents(amounts: ["ada": 1], each: 1))
    }

    @Test(arguments: [.account("2"), .anonymous, .service("1"), .account("1/x")] as [Party])
    func `another principal under the same request id gives another command`(party: Party) throws {
        let contents = try contents { bank, _ in
            _ = try await bank.deposit(Deposit(), .call())
            let other = try await bank.deposit(Deposit(), .call(of: party))
            #expect(other == Balance(amount: 2))
        }
        #expect(contents == Contents(amounts: ["ada": 2], each: 2))
    }

    @Test func `a refusal is remembered, whatever happens after it`() throws {
        let contents = try contents { bank, store in
            let closed = try Balance.collection.write(
                Balance(isClosed: true), id: "ada", expecting: .absent)
            try await store.commit([closed])
            let refusal = Refusal(Deposit.Code.closed, ["at": "noon"])
            await #expect(throws: refusal) { try await bank.deposit(Deposit(), .call()) }
            let open = try Balance.collection.write(Balance(), id: "ada", expecting: .version(1))
            try await store.commit([open])
            await #expect(throws: refusal) { try await bank.deposit(Deposit(), .call()) }
            #expect(bank.decisions.value == 1)
            _ = try await bank.deposit(Deposit(), .call("request-2"))
        }
        var expected = Contents(amounts: ["ada": 1], each: 1)
        expected.idempotencyCount = 2
        #expect(contents == expected)
    }

    @Test func `what a refused command had gathered is dropped`() throws {
        let contents = try contents { bank, _ in
            await #expect(throws: Refusal(Deposit.Code.closed)) {
                try await bank.effects.perform(Deposit(), .call()) { transaction in
                    try transaction.insert(Balance(), id: "ada", in: Balance.collection)
                    try transaction.announce(Receipt(text: "never"), to: Bank.receipts)
                    throw Refusal(Deposit.Code.closed)
                }
            }
        }
        var expected = Contents()
        expected.idempotencyCount = 1
        #expect(contents == expected)
    }

    @Test func `an error that is no refusal is forgotten`() throws {
        struct Mishap: Error {}
        let contents = try contents { bank, _ in
            await #expect(throws: Mishap.self) {
                try await bank.effects.perform(Deposit(), .call()) { transaction in
                    try transaction.insert(Balance(), id: "ada", in: Balance.collection)
                    throw Mishap()
                }
            }
            let balance = try await bank.deposit(Deposit(), .call())
            #expect(balance == Balance(amount: 1))
        }
        #expect(contents == Contents(amounts: ["ada": 1], each: 1))
    }

    @Test func `a command that changes nothing is remembered and not audited`() throws {
        let contents = try contents { bank, _ in
            for _ in 0..<2 {
                let reply = try await bank.effects.perform(Deposit(), .call()) { _ in
                    bank.decisions.value += 1
                    return Balance(amount: 9)
                }
                #expect(reply == Balance(amount: 9))
            }
            #expect(bank.decisions.value == 1)
        }
        var expected = Contents()
        expected.idempotencyCount = 1
        #expect(contents == expected)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a request that arrives twice at once takes effect once`(seed: UInt64) throws {
        let (replies, contents) = try simulated(seed: seed) { simulation in
            let database = SimulatedDatabase("database", simulation)
            let replies = Box<[Balance]>([])
            let tasks = (1...3).map { number in
                let process = simulation.makeNode("server \(number)")
                let bank = Bank(store: database.store(for: process), platform: process.platform)
                return process.start("deposit") {
                    do { replies.value.append(try await bank.deposit(Deposit(), .call())) } catch {
                        simulation.fail("every duplicate is answered", "\(error)")
                    }
                }
            }
            for task in tasks { await task.wait() }
            return (replies.value, try Contents(of: database.table))
        }
        #expect(replies == Array(repeating: Balance(amount: 1), count: 3))
        #expect(contents == Contents(amounts: ["ada": 1], each: 1))
    }
}
