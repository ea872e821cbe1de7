import Testing

@testable import LocalCluster

@Suite struct AddressPlanTests {
    @Test(arguments: [
        ("", 77), ("inet 192.0.2.2/24 brd 192.0.2.255", 77), ("10.77.0.0/16 dev a", 78),
        ("10.77.0.1/16\n10.78.0.1/16\n10.80.0.0/16", 79), ("110.77.0.1", 77), ("10.0.0.0/8", 77),
    ])
    func `a cluster takes the first network that nobody uses`(taken: String, number: Int) {
        #expect(AddressPlan.firstFree(taken) == number)
    }

    @Test func `there are only so many networks`() {
        let all = (77...126).map { "10.\($0).0.0/16" }.joined(separator: "\n")
        #expect(AddressPlan.firstFree(all) == nil)
    }

    @Test func `no two machines have one address`() {
        let plan = AddressPlan(number: 77)
        let instances = ClusterService.all.indices.flatMap { index in
            (1...Limit.replicaCountMaximum).map {
                plan.address(ofService: index + 1, replica: $0)
            }
        }
        let all = [plan.host] + BackingServer.allCases.map(plan.address) + instances
        #expect(Set(all).count == all.count)
    }
}
