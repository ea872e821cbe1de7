import Cluster
import ClusterSimulator
import MemoryAdapters
import Platform
import Ports
import Testing

@testable import Effects

/// A password is no part of what is kept.
struct SecretTests {
    private static let password = "hunter2 Пароль 🔑"

    /// The bytes of every body and every key that `body` makes the bank write.
    private func written(
        _ body: @escaping @Sendable (Bank) async throws -> Void
    ) throws -> (bytes: [[UInt8]], table: DocumentTable) {
        try onOneNode { process in
            let memory = MemoryDocumentStore()
            let store = FailingStore(memory)
            try await body(Bank(store: store, platform: process.platform))
            let bytes = store.commits.flatMap { $0 }.flatMap { write -> [[UInt8]] in
                let names = [Array(write.key.collection.utf8), Array(write.key.id.utf8)]
                guard case .put(let body, let keys) = write.change else { return names }
                return names + [body] + keys.map(\.key.bytes)
            }
            return (bytes, memory.table)
        }
    }

    private func holds(_ text: String, in bytes: [[UInt8]]) -> Bool {
        let pattern = Array(text.utf8)
        return bytes.contains { bytes in
            bytes.indices.contains { bytes[$0...].starts(with: pattern) }
        }
    }

    @Test func `nothing that is stored contains the password`() throws {
        let (bytes, table) = try written { bank in
            _ = try await bank.deposit(
                Deposit(account: "findable", password: Self.password), .call())
        }
        #expect(holds("findable", in: bytes))
        #expect(!holds(Self.password, in: bytes))
        #expect(!holds("hunter2", in: bytes))
        #expect(try Contents(of: table, accounts: ["findable"]).amounts == ["findable": 1])
    }

    @Test func `the record of a command is the same whatever the password`() throws {
        let fingerprints = try ["", "a", Self.password].map { password in
            let (_, table) = try written { bank in
                _ = try await bank.deposit(Deposit(password: password), .call())
            }
            return try table.values(of: IdempotencyRecord.collection, by: "expiry")
                .map(\.fingerprint)
        }
        #expect(fingerprints[0].count == 1)
        #expect(Set(fingerprints).count == 1)
    }

    @Test func `a request with another password and the same rest is the same`() throws {
        let (_, table) = try written { bank in
            let first = try await bank.deposit(Deposit(password: "one"), .call())
            let again = try await bank.deposit(Deposit(password: "two"), .call())
            #expect(again == first)
            #expect(bank.decisions.value == 1)
        }
        #expect(try Contents(of: table) == Contents(amounts: ["ada": 1], each: 1))
    }

    @Test func `a request with the same password and another rest is another`() throws {
        _ = try written { bank in
            _ = try await bank.deposit(Deposit(amount: 1, password: "one"), .call())
            await #expect(throws: ClusterError.requestIDReused) {
                try await bank.deposit(Deposit(amount: 2, password: "one"), .call())
            }
        }
    }

    @Test func `a fingerprint tells messages apart by name and content`() throws {
        let (_, table) = try written { bank in
            _ = try await bank.deposit(Deposit(password: ""), .call("a"))
            _ = try await bank.deposit(Deposit(amount: 2), .call("b"))
            _ = try await bank.effects.perform(Withdrawal(), .call("c")) { _ in Balance() }
        }
        let records = try table.values(of: IdempotencyRecord.collection, by: "expiry")
        #expect(Set(records.map(\.fingerprint)).count == 3)
        #expect(records.allSatisfy { $0.fingerprint.count == 32 })
    }
}
