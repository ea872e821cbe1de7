import Foundation
import Glibc
import Testing

@testable import LocalCluster

@Suite struct LocalClusterTests {
    @Test func `a whole cluster starts, breaks, is repaired and goes`() async throws {
        let bench = try Bench()
        let python = try await Tool(clock: bench.platform.clock).run(
            ["sh", "-c", "command -v python3"])
        var settings = LocalCluster.Settings(port: try SocketAddress.freePorts(1)[0])
        settings.replicaCount = 2
        settings.instance = StandIn.program(
            python: python.trimmingCharacters(in: .whitespacesAndNewlines))
        let folder = "\(bench.folder)/cluster"
        let cluster = try await LocalCluster(
            folder: folder, settings: settings, programs: bench.programs,
            platform: bench.platform)
        let trial = ClusterTrial(cluster, bench, folder: folder, port: settings.port)
        do {
            try await trial.run()
        } catch {
            try await cluster.stop()
            throw error
        }
        try await cluster.stop()
        #expect(try await trial.leftovers().isEmpty)
        try await cluster.stop(removingData: true)
        #expect(!FileManager.default.fileExists(atPath: folder))
        await bench.system.shutDown()
    }

    @Test func `nothing is opened where nothing is`() async throws {
        let bench = try Bench()
        await #expect(throws: ClusterFailure.self) {
            try await LocalCluster(
                folder: "\(bench.folder)/none", programs: bench.programs,
                platform: bench.platform)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(bench.folder)/none"))
        await bench.system.shutDown()
    }

    @Test(arguments: [0, 17])
    func `a cluster has so many replicas and no more`(count: Int) async throws {
        let bench = try Bench()
        await #expect(throws: ClusterFailure.self) {
            try await open(bench, bench.folder, replicaCount: count)
        }
        await bench.system.shutDown()
    }

    @Test(arguments: ["relative", "/a\"b", "/a$b", "/a\\b", "/a\nb", "/a'b"])
    func `a folder that servers would misread is refused`(path: String) async throws {
        let bench = try Bench()
        await #expect(throws: ClusterFailure.self) { try await open(bench, path) }
        await bench.system.shutDown()
    }

    @Test func `what is no longer wanted is forgotten, and the rest is told anew`() async throws {
        let bench = try Bench()
        let instances = (1...2).map { replica in
            Machine(
                role: .service(name: "UserService", replica: replica),
                address: "10.77.1.\(replica)", program: Program("true", []))
        }
        var settings = LocalCluster.Settings()
        settings.instance = Program("true", [])
        settings.replicaCount = 2
        var record = ClusterRecord(settings: settings)
        record.machines = instances
        try record.save(in: bench.folder)
        settings.replicaCount = 1
        let cluster = try await LocalCluster(
            folder: bench.folder, settings: settings, programs: bench.programs,
            platform: bench.platform)
        #expect(await cluster.machines.map(\.name) == ["UserService/1"])
        #expect(try ClusterRecord(in: bench.folder)?.settings == settings)
        await bench.system.shutDown()
    }

    private func open(_ bench: Bench, _ folder: String, replicaCount: Int = 1) async throws {
        var settings = LocalCluster.Settings()
        settings.replicaCount = replicaCount
        _ = try await LocalCluster(
            folder: folder, settings: settings, programs: bench.programs,
            platform: bench.platform)
    }
}
