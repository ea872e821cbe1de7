import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// The production registry against the simulated Consul.
struct ConsulRegistryTests {
    /// Runs `body` on a process with a registry at the agent `agent`.
    private func withRegistry(
        seed: UInt64 = 1, httpCheck: ConsulRegistry.HTTPCheck? = nil,
        _ body: @escaping @Sendable (Desk, ConsulRegistry, SimulatedNode) async throws -> Void
    ) throws {
        try atDesk(seed: seed, agents: ["agent", "other"]) { desk in
            let node = desk.simulation.makeNode("process")
            var configuration = ConsulRegistry.Configuration(agent: "agent")
            configuration.httpCheck = httpCheck
            let registry = ConsulRegistry(
                configuration, platform: node.platform, exchange: desk.consul.exchange(for: node))
            try await node.perform { try await body(desk, registry, node) }
        }
    }

    private func ids(_ registry: ConsulRegistry) async throws -> [InstanceID] {
        try await registry.instances(changedSince: nil, wait: .zero).instances.map(\.id)
    }

    private func outcome(
        _ body: () async throws(RegistryError) -> Void
    ) async -> RegistryError? {
        do throws(RegistryError) {
            try await body()
            return nil
        } catch { return error }
    }

    @Test func `a registered instance passes until its time to live is over`() throws {
        try withRegistry { _, registry, node in
            let clock = node.platform.clock
            try await registry.register(.greeter("a"))
            try await clock.sleep(for: .milliseconds(10))
            #expect(
                try await registry.instances(changedSince: nil, wait: .zero).instances
                    == [.greeter("a")])
            for _ in 0..<10 {
                try await clock.sleep(for: .seconds(4))
                try await registry.renew("a")
            }
            #expect(try await ids(registry) == ["a"])
            try await clock.sleep(for: .seconds(6) + .milliseconds(30))
            #expect(try await ids(registry) == [])
            try await registry.renew("a")
            try await clock.sleep(for: .milliseconds(10))
            #expect(try await ids(registry) == ["a"])
        }
    }

    @Test func `removing an instance is idempotent`() throws {
        try withRegistry { _, registry, node in
            try await registry.register(.greeter("a"))
            try await registry.deregister("a")
            try await registry.deregister("a")
            try await node.platform.clock.sleep(for: .milliseconds(10))
            #expect(try await ids(registry) == [])
            #expect(
                await outcome { () throws(RegistryError) in try await registry.renew("a") }
                    == .notRegistered)
        }
    }

    @Test func `a change is told to who waits for it`() throws {
        try withRegistry { desk, registry, node in
            try await registry.register(.greeter("a"))
            try await node.platform.clock.sleep(for: .milliseconds(10))
            let first = try await registry.instances(changedSince: nil, wait: .zero)
            let begin = node.platform.clock.uptime
            node.start("late") {
                do {
                    try await node.platform.clock.sleep(for: .seconds(5))
                    try await registry.register(.greeter("b"))
                } catch { return }
            }
            let second = try await registry.instances(
                changedSince: first.index, wait: .seconds(30))
            #expect(second.instances.map(\.id) == ["a", "b"])
            #expect(second.index > first.index)
            let took = node.platform.clock.uptime - begin
            #expect(took > .seconds(5) && took < .milliseconds(5040), "\(took)")
            let third = try await registry.instances(
                changedSince: second.index, wait: .milliseconds(500))
            #expect(third == second)
        }
    }

    @Test func `only instances that this code registered are seen`() throws {
        try withRegistry { desk, registry, node in
            let exchange = desk.consul.exchange(for: node)
            let tags = #""Tags": ["cluster-instance"]"#
            let meta = #""Meta": {"agent": "a", "address": "h"}"#
            for body in [
                #"{"ID": "x", "Name": "greeter"}"#,
                #"{"ID": "y", "Name": "greeter", \#(tags)}"#,
                #"{"ID": "z", "Name": "greeter", \#(tags), "Meta": {"agent": "a"}}"#,
                #"{"ID": "no id", "Name": "greeter", \#(tags), \#(meta)}"#,
                #"{"ID": "u", "Name": "greeter", "Tags": ["another-cluster"], \#(meta)}"#,
            ] {
                var request = HTTPRequestMessage(
                    .put, at: "agent", "/v1/agent/service/register")
                request.body = Array(body.utf8)
                _ = try await exchange.exchange(request, timeout: .seconds(1))
            }
            try await registry.register(.greeter("a"))
            try await node.platform.clock.sleep(for: .milliseconds(10))
            #expect(try await ids(registry) == ["a"])
        }
    }

    @Test func `an agent that forgot says so and takes the instance again`() throws {
        try withRegistry { desk, registry, node in
            try await registry.register(.greeter("a"))
            desk.consul.killAgent("agent")
            #expect(
                await outcome { () throws(RegistryError) in try await registry.renew("a") }
                    == .unavailable)
            desk.consul.restartAgent("agent", forgetting: true)
            #expect(
                await outcome { () throws(RegistryError) in try await registry.renew("a") }
                    == .notRegistered)
            try await registry.register(.greeter("a"))
            try await node.platform.clock.sleep(for: .seconds(4))
            #expect(try await ids(registry) == ["a"])
        }
    }

    @Test func `a change of leader costs a few seconds and no instance`() throws {
        try withRegistry { desk, registry, node in
            try await registry.register(.greeter("a"))
            try await node.platform.clock.sleep(for: .milliseconds(10))
            let first = try await registry.instances(changedSince: nil, wait: .zero)
            desk.consul.killLeader()
            #expect(try await ids(registry) == ["a"], "the other servers answer")
            try await registry.register(.greeter("b"))
            let second = try await registry.instances(
                changedSince: first.index, wait: .seconds(10))
            #expect(second.instances.map(\.id) == ["a", "b"])
        }
    }

    @Test func `without a quorum instances are still seen`() throws {
        try withRegistry { desk, registry, node in
            try await registry.register(.greeter("a"))
            try await node.platform.clock.sleep(for: .milliseconds(10))
            desk.consul.loseQuorum()
            #expect(try await ids(registry) == ["a"])
            try await registry.renew("a")
            desk.consul.goDown()
            let end = await outcome { () throws(RegistryError) in
                _ = try await registry.instances(changedSince: nil, wait: .zero)
            }
            #expect(end == .unavailable)
        }
    }

    @Test func `an index that goes back is followed`() throws {
        try withRegistry { desk, registry, node in
            let clock = node.platform.clock
            desk.consul.takeSnapshot()
            for id in ["a", "b", "c"] as [InstanceID] { try await registry.register(.greeter(id)) }
            try await clock.sleep(for: .milliseconds(50))
            var snapshot = try await registry.instances(changedSince: nil, wait: .zero)
            desk.consul.restoreSnapshot()
            var (lives, turns) = (0, 0)
            let end = clock.uptime + .seconds(130)
            while clock.uptime < end {
                snapshot = try await registry.instances(
                    changedSince: snapshot.index, wait: .seconds(2))
                turns += 1
                if snapshot.instances.isEmpty { lives += 1 }
                for id in ["a", "b", "c"] as [InstanceID] { try await registry.renew(id) }
            }
            #expect(lives > 0 && turns < 80)
            #expect(snapshot.instances.map(\.id) == ["a", "b", "c"])
        }
    }

    @Test func `spurious wakes change nothing`() throws {
        try withRegistry { desk, registry, node in
            try await registry.register(.greeter("a"))
            try await node.platform.clock.sleep(for: .milliseconds(50))
            let first = try await registry.instances(changedSince: nil, wait: .zero)
            for delay in [1, 2] {
                desk.simulation.after(.seconds(delay)) { desk.consul.wakeSpuriously() }
                let next = try await registry.instances(
                    changedSince: first.index, wait: .seconds(30))
                #expect(next == first)
            }
        }
    }

    @Test func `an instance whose health check fails does not pass though it says so`() throws {
        let check = ConsulRegistry.HTTPCheck(interval: .seconds(2), timeout: .seconds(1)) {
            "http://\($0.address.text)/check"
        }
        try withRegistry(httpCheck: check) { desk, registry, node in
            let status = Box(200)
            desk.consul.answerChecks(at: "host:80", on: node) { _ in .status(status.value) }
            try await registry.register(.greeter("a"))
            try await node.platform.clock.sleep(for: .seconds(5))
            #expect(try await ids(registry) == ["a"])
            status.value = 503
            try await registry.renew("a")
            try await node.platform.clock.sleep(for: .seconds(3))
            #expect(try await ids(registry) == [])
        }
    }

    @Test func `a watch that its process no longer waits for is dropped`() throws {
        try withRegistry { desk, registry, node in
            let watch = node.start("watch") {
                do {
                    _ = try await registry.instances(changedSince: 900, wait: .seconds(300))
                } catch {
                    return
                }
            }
            try await node.platform.clock.sleep(for: .seconds(1))
            watch.cancel()
            await watch.wait()
            #expect(node.platform.clock.uptime < .seconds(2))
        }
    }

    @Test func `a server that lost its leader does not keep the watch in the past`() throws {
        try withRegistry { desk, registry, node in
            let clock = node.platform.clock
            try await registry.register(.greeter("a"))
            try await clock.sleep(for: .milliseconds(50))
            var snapshot = try await registry.instances(changedSince: nil, wait: .zero)
            desk.consul.freezeReplicas()
            try await registry.register(.greeter("b"))
            let begin = clock.uptime
            while snapshot.instances.map(\.id) != ["a", "b"], clock.uptime - begin < .seconds(60) {
                snapshot = try await registry.instances(
                    changedSince: snapshot.index, wait: .seconds(12))
                for id in ["a", "b"] as [InstanceID] { try await registry.renew(id) }
            }
            #expect(clock.uptime - begin < .seconds(14), "one wait, and then the leader is asked")
        }
    }

    @Test(arguments: [(9_999, 5), (10_000, 5), (10_001, nil)] as [(Int, UInt64?)])
    func `an index that went back is believed of a server with a leader only`(
        age: Int, index: UInt64?
    ) throws {
        let targets = Box<[String]>([])
        let snapshot = try scripted { request, _ throws(TransportError) in
            targets.value.append(request.target)
            var answer = HTTPResponseMessage.indexed("5")
            answer.headers["x-consul-lastcontact"] = "\(age)"
            return answer
        } _: { registry, _ -> RegistrySnapshot? in
            do throws(RegistryError) {
                let first = try await registry.instances(changedSince: 7, wait: .seconds(9))
                return try await registry.instances(changedSince: first.index, wait: .seconds(9))
            } catch {
                return nil
            }
        }
        #expect(snapshot?.index == index)
        #expect(targets.value.count == (index == nil ? 1 : 2))
    }
}
