import Platform
import Testing

@testable import Cluster

/// The registry's rules: who passes until when, and when the index rises.
struct RegistryTableTests {
    private let anna = ServiceInstance.greeter("anna")
    private let bert = ServiceInstance.greeter("bert")

    /// Whether `change` raises the index of a table in which anna passes until 10 s.
    private func rises(
        _ change: (inout RegistryTable) throws(RegistryError) -> Void
    ) throws(RegistryError) -> Bool {
        var table = RegistryTable()
        table.register(anna, until: .seconds(10))
        let index = table.index
        try change(&table)
        #expect(table.index >= index)
        return table.index > index
    }

    @Test func `the index rises when the passing instances change`() throws {
        let moved = ServiceInstance(id: anna.id, service: anna.service, address: "elsewhere")
        #expect(try rises { $0.register(bert, until: .seconds(1)) })
        #expect(try rises { $0.register(moved, until: .seconds(10)) })
        #expect(try rises { $0.deregister(anna.id) })
        #expect(try rises { $0.expire(at: .seconds(10)) })
    }

    @Test func `the index stays when the passing instances stay`() throws {
        #expect(try !rises { $0.register(anna, until: .seconds(20)) })
        #expect(
            try !rises { table throws(RegistryError) in
                try table.renew(anna.id, until: .seconds(20))
            })
        #expect(try !rises { $0.deregister(bert.id) })
        #expect(try !rises { $0.expire(at: .nanoseconds(9_999_999_999)) })
    }

    @Test func `an instance passes until its expiry and not at it`() {
        var table = RegistryTable()
        table.register(anna, until: .seconds(10))
        table.register(bert, until: .seconds(11))
        table.expire(at: .seconds(10) - .nanoseconds(1))
        #expect(table.snapshot.instances == [anna, bert])
        table.expire(at: .seconds(10))
        #expect(table.snapshot.instances == [bert])
    }

    @Test func `renewing and registering again move the expiry`() throws {
        var table = RegistryTable()
        table.register(anna, until: .seconds(10))
        table.register(bert, until: .seconds(10))
        try table.renew(anna.id, until: .seconds(20))
        table.register(bert, until: .seconds(30))
        table.expire(at: .seconds(19))
        #expect(table.snapshot.instances == [anna, bert])
        table.expire(at: .seconds(20))
        #expect(table.snapshot.instances == [bert])
    }

    @Test func `an instance that expired or left is not renewed`() {
        var table = RegistryTable()
        #expect(throws: RegistryError.notRegistered) {
            try table.renew(anna.id, until: .seconds(1))
        }
        table.register(anna, until: .seconds(10))
        table.expire(at: .seconds(10))
        #expect(throws: RegistryError.notRegistered) {
            try table.renew(anna.id, until: .seconds(20))
        }
        #expect(table.snapshot.instances == [])
    }

    @Test func `several that expire together raise the index once and leave together`() {
        var table = RegistryTable()
        for instance in [anna, bert] { table.register(instance, until: .seconds(1)) }
        let index = table.index
        table.expire(at: .seconds(5))
        #expect(table.index == index + 1)
        #expect(table.snapshot == RegistrySnapshot(index: index + 1, instances: []))
    }

    @Test func `the snapshot is in the order of ids whatever came first`() {
        let instances = (0..<50).map { ServiceInstance.greeter("id-\(100 + $0)") }
        var table = RegistryTable()
        for instance in instances.reversed() { table.register(instance, until: .seconds(1)) }
        #expect(table.snapshot.instances == instances)
    }
}
