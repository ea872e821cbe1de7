import Foundation
import Glibc
import Testing

@testable import LocalCluster

/// One server after the other, so that slow machines are not slowed down more.
@Suite(.serialized) struct RunningServerTests {
    @Test(arguments: BackingServer.allCases)
    func `a server starts, keeps what it was given, and leaves nothing behind`(
        server: BackingServer
    ) async throws {
        let bench = try Bench()
        let running = try await server.start(
            in: "\(bench.folder)/it", programs: bench.programs, platform: bench.platform)
        let memory = ServerMemory(running, bench)
        let first = try #require(await running.process)
        #expect(try await !memory.isThere())
        try await memory.keep()
        #expect(try await memory.isThere())

        try await running.restart(keepingData: true)
        let second = try #require(await running.process)
        #expect(second != first)
        #expect(!first.isAlive)
        #expect(try await memory.isThere())

        try await running.restart(keepingData: false)
        #expect(try await !memory.isThere() || server == .nginx)
        try await running.stop()
        #expect(try first.group().isEmpty && second.group().isEmpty)
        try await bench.until("nobody is left") {
            try Self.processes(in: bench.folder).isEmpty
        }
        await bench.system.shutDown()
    }

    @Test(arguments: [BackingServer.redis, .rabbitMQ])
    func `a server goes with whoever started it`(server: BackingServer) async throws {
        let bench = try Bench()
        var running: RunningServer? = try await server.start(
            in: "\(bench.folder)/it", programs: bench.programs, platform: bench.platform)
        let process = try #require(await running?.process)
        #expect(process.isAlive)
        running = nil
        try await bench.until("nobody is left") {
            try process.group().isEmpty && Self.processes(in: bench.folder).isEmpty
        }
        await bench.system.shutDown()
    }

    @Test func `a paused server is silent, and goes on`() async throws {
        let bench = try Bench()
        let running = try await BackingServer.redis.start(
            in: "\(bench.folder)/it", programs: bench.programs, platform: bench.platform)
        try await running.pause()
        #expect(throws: SocketConversation.Broken.self) { try running.plan.isReady() }
        try await running.resume()
        #expect(try running.plan.isReady())
        try await running.stop()
        await bench.system.shutDown()
    }

    @Test func `a server that does not start says why`() async throws {
        let bench = try Bench()
        let folder = "\(bench.folder)/it"
        try FileManager.default.createDirectory(
            atPath: "\(folder)/data/appendonlydir", withIntermediateDirectories: true)
        try Data("nonsense".utf8).write(
            to: URL(filePath: "\(folder)/data/appendonlydir/appendonly.aof.manifest"))
        let failure = await #expect(throws: ClusterFailure.self) {
            try await BackingServer.redis.start(
                in: folder, programs: bench.programs, platform: bench.platform)
        }
        #expect(failure?.description.contains("AOF manifest") == true)
        try await bench.until("nobody is left") {
            try Self.processes(in: bench.folder).isEmpty
        }
        await bench.system.shutDown()
    }

    /// Whoever works in a folder.
    private static func processes(in folder: String) throws -> [Int32] {
        try ProcessStatus.allPIDs().filter { pid in
            var link = [UInt8](repeating: 0, count: 4096)
            let count = readlink("/proc/\(pid)/cwd", &link, link.count)
            return count > 0 && String(decoding: link[..<count], as: UTF8.self).hasPrefix(folder)
        }
    }
}
