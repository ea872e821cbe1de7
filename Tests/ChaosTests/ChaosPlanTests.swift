import Testing

@testable import Trials

@Suite struct ChaosPlanTests {
    private static let machines = ChaosPlan.Machines(
        instances: ["DraftService/1", "DraftService/2", "UserService/1"],
        servers: ["consul", "mongodb"], gateway: "nginx")

    private func steps(seed: UInt64, _ count: Int = 60) -> [ChaosPlan.Step] {
        var plan = ChaosPlan(seed: seed, for: Self.machines)
        return (0..<count).map { _ in plan.next() }
    }

    @Test func `the same seed draws the same plan, whatever the order of the machines`() {
        var turned = ChaosPlan(
            seed: 7,
            for: .init(
                instances: Self.machines.instances.reversed(), servers: ["mongodb", "consul"],
                gateway: "nginx"))
        #expect(steps(seed: 7) == (0..<60).map { _ in turned.next() })
    }

    @Test func `another seed draws another plan`() {
        #expect(steps(seed: 7) != steps(seed: 8))
    }

    @Test(arguments: [0, 1, UInt64.max])
    func `every kind of fault comes within two rounds, to instances and to servers`(
        _ seed: UInt64
    ) {
        let faults = steps(seed: seed, 24).flatMap(\.faults)
        for kind in ChaosFault.Kind.allCases {
            let machines = faults.filter { $0.kind == kind }.map(\.machine)
            #expect(machines.contains { $0.contains("/") }, "\(kind)")
            #expect(machines.contains { !$0.contains("/") }, "\(kind)")
        }
        #expect(faults.contains { $0.machine == "nginx" && $0.kind == .kill })
    }

    @Test func `nothing is done twice to one machine at once, and nobody is cut from oneself`() {
        for step in steps(seed: 3, 500) {
            #expect(Set(step.faults.map(\.machine)).count == step.faults.count)
            #expect((1...2).contains(step.faults.count))
            #expect(step.faults.allSatisfy { $0.machine != $0.peer })
        }
    }

    @Test func `some faults outlast the registry's time to live, and most do not`() {
        let long = steps(seed: 5, 400).count { $0.lasts > .seconds(6 + 2) }
        #expect((40...200).contains(long))
    }
}
