import Glibc
import Testing

@testable import LocalCluster

@Suite(.serialized) struct VirtualNetworkTests {
    @Test func `a cut loses packets in both directions until it is healed`() async throws {
        let bench = try Bench()
        let tool = Tool(clock: bench.platform.clock)
        let network = try await VirtualNetwork.claim(tool)
        let machines = ["a/1", "b", "c"].enumerated().map { index, name in
            (name: name, address: network.plan.address(ofService: 9, replica: index + 1))
        }
        do {
            try await network.build(machines)
            try await network.build(machines)
            try await check(network, machines, bench)
        } catch {
            try await network.tearDown()
            throw error
        }
        try await network.tearDown()
        try await network.tearDown()
        let list = try await tool.run(["ip", "netns", "list"])
        #expect(!list.contains("starchair\(network.plan.number)-"))
        await bench.system.shutDown()
    }

    @Test func `clusters that begin at once have different networks`() async throws {
        let bench = try Bench()
        let tool = Tool(clock: bench.platform.clock)
        let networks = try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try await VirtualNetwork.claim(tool) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for network in networks { try await network.tearDown() }
        #expect(Set(networks.map(\.plan)).count == 4)
        await bench.system.shutDown()
    }

    private func check(
        _ network: VirtualNetwork, _ machines: [(name: String, address: String)], _ bench: Bench
    ) async throws {
        for (name, address) in machines {
            let process = try await Launcher(tool: network.tool).launch(
                Program("redis-server", ["--bind", address, "--save", ""]), in: bench.folder,
                log: "\(bench.folder)/log", namespace: network.namespace(of: name))
            try await bench.until("it is inside") {
                try network.processes(of: name) == [process]
            }
        }
        defer {
            for (name, _) in machines {
                for process in (try? network.processes(of: name)) ?? [] { process.signal(SIGKILL) }
            }
        }
        func reaches(_ one: Int, _ other: Int) async throws -> Bool {
            let path = VirtualNetwork.path(of: network.namespace(of: machines[one].name))
            let attempt = "exec 3<>/dev/tcp/\(machines[other].address)/6379"
            do throws(any Error) {
                try await network.tool.run([
                    "nsenter", "--net=\(path)", "timeout", "0.5", "bash", "-c", attempt,
                ])
                return true
            } catch is ClusterFailure {
                return false
            }
        }
        let pairs = [(0, 1), (1, 0), (0, 2), (1, 2)]
        func reached() async throws -> [Bool] {
            var results: [Bool] = []
            for (one, other) in pairs { results.append(try await reaches(one, other)) }
            return results
        }
        try await bench.until("all listen") { try await reached() == [true, true, true, true] }

        try await network.isolate("a/1", from: [machines[1].address])
        #expect(try await reached() == [false, false, true, true])
        try await network.isolate("a/1", from: nil)
        #expect(try await reached() == [false, false, false, true])
        #expect(!isReached(machines[0].address) && isReached(machines[1].address))
        try await network.isolate("a/1", from: [])
        #expect(try await reached() == [true, true, true, true])
        #expect(isReached(machines[0].address))
    }

    /// Whether the host itself gets through.
    private func isReached(_ address: String) -> Bool {
        let attempt = Result {
            _ = try SocketConversation.open(
                host: address, port: 6379, timeLimit: .milliseconds(500))
        }
        if case .success = attempt { return true }
        return false
    }
}
