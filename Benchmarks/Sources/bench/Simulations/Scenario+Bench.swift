import Cluster
import ClusterSimulator
import Platform

extension Scenario {
    /// Two tasks of one node that sleep once.
    static let tiny = Scenario("tiny", "Two tasks sleep.") { simulation in
        let node = simulation.makeNode("node")
        let tasks = (1...2).map { number in
            node.start("sleeper \(number)") {
                do { try await node.platform.clock.sleep(for: .milliseconds(number)) } catch {
                    simulation.fail("a sleep ends", "\(error)")
                }
            }
        }
        for task in tasks { await task.wait() }
    }

    /// Eight callers on one node make `callCount` calls to another.
    static func calls(_ callCount: Int) -> Scenario {
        Scenario("calls", "Eight callers call.") { simulation in
            let cluster = BenchCluster(simulation)
            let (serving, calling) = (cluster.node("server"), cluster.node("desk"))
            serving.node.host(Ask.oracle)
            await cluster.boot([serving, calling])
            let client = calling.node.client
            let callers = (0..<8).map { number in
                calling.process.start("caller \(number)") {
                    for _ in 0..<((callCount + number) / 8) {
                        let context = client.context(.anonymous, timeout: .seconds(60))
                        do { _ = try await client.call(Ask.sample, context) } catch {
                            simulation.fail("every call is answered", "\(error)")
                        }
                    }
                }
            }
            for caller in callers { await caller.wait() }
            await serving.stop()
        }
    }

    /// A cluster of `nodeCount` nodes, of which each hosts a service and nobody calls it.
    static func idle(nodeCount: Int, for duration: Duration) -> Scenario {
        Scenario("idle", "Nobody calls.") { simulation in
            let cluster = BenchCluster(simulation)
            let members = (1...nodeCount).map { cluster.node("node\($0)") }
            for member in members { member.node.host(Ask.oracle) }
            await cluster.boot(members)
            do { try await simulation.world.platform.clock.sleep(for: duration) } catch {
                simulation.fail("a sleep ends", "\(error)")
            }
            for member in members { await member.stop() }
        }
    }
}

/// What the nodes of one simulation share.
private struct BenchCluster {
    struct Member: Sendable {
        let process: SimulatedNode
        let node: Node

        func stop() async { await process.start("stop") { await node.stop() }.wait() }
    }

    private let simulation: Simulation
    private let network: SimulatedNetwork
    private let registry: SimulatedRegistry

    init(_ simulation: Simulation) {
        self.simulation = simulation
        network = SimulatedNetwork(simulation)
        registry = SimulatedRegistry(simulation)
    }

    func node(_ name: String) -> Member {
        let process = simulation.makeNode(name)
        let node = Node(
            .init(address: Address(name)), platform: process.platform,
            transport: network.transport(of: process), registry: registry.registry(for: process))
        return Member(process: process, node: node)
    }

    func boot(_ members: [Member]) async {
        for member in members {
            await member.process.start("boot") {
                do { try await member.node.start() } catch {
                    simulation.fail("a node starts", "\(error)")
                }
            }.wait()
        }
    }
}
