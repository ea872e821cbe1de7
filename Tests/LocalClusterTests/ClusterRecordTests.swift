import Foundation
import Glibc
import Testing

@testable import LocalCluster

@Suite struct ClusterRecordTests {
    private func record() throws -> ClusterRecord {
        var settings = LocalCluster.Settings(port: 9000)
        settings.instance = Program("/bin/true", ["serve"], environment: ["A": "b"])
        var record = ClusterRecord(settings: settings)
        record.plan = AddressPlan(number: 80)
        record.machines = [
            Machine(
                role: .service(name: "UserService", replica: 1), address: "10.80.1.1",
                program: Program("/bin/true", ["serve", "UserService"]),
                process: ProcessIdentity(pid: 7, startTime: 8)),
            Machine(
                role: .server(.redis), address: "10.80.0.13", program: Program("redis", [])),
        ]
        record.cuts = [Cut(machine: "redis", peer: nil), Cut(machine: "redis", peer: "consul")]
        return record
    }

    @Test func `what is kept of a cluster is found again, by its owner alone`() throws {
        let bench = try Bench()
        let record = try record()
        try record.save(in: bench.folder)
        let found = try #require(try ClusterRecord(in: bench.folder))
        #expect(found.machines == record.machines)
        #expect(found.settings == record.settings)
        #expect(found.plan == record.plan)
        #expect(found.cuts == record.cuts)
        var status = stat()
        #expect(stat(ClusterRecord.path(in: bench.folder), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `no process outlives the machine's restart`() throws {
        let bench = try Bench()
        var record = try record()
        record.boot = "an earlier one"
        try record.save(in: bench.folder)
        let found = try #require(try ClusterRecord(in: bench.folder))
        #expect(found.machines.allSatisfy { $0.process == nil })
        #expect(found.machines.count == 2)
        #expect(found.cuts.isEmpty)
    }

    @Test func `a damaged record is said to be one`() throws {
        let bench = try Bench()
        #expect(try ClusterRecord(in: bench.folder) == nil)
        try Data("{}".utf8).write(to: URL(filePath: ClusterRecord.path(in: bench.folder)))
        #expect(throws: ClusterFailure.self) { try ClusterRecord(in: bench.folder) }
    }

    @Test func `a newer release's record is left alone`() throws {
        let bench = try Bench()
        var record = try record()
        record.format = ClusterRecord.format + 1
        try record.save(in: bench.folder)
        #expect(throws: ClusterFailure.self) { try ClusterRecord(in: bench.folder) }
    }
}
