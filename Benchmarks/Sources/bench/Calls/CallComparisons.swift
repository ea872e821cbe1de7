import Cluster
import ClusterNetwork
import Platform

/// A call within one process beside the cheapest things that could carry it.
enum CallComparisons {
    static func all() async throws -> [Comparison] {
        let platform = SystemPlatform(.init(offloadThreadCount: 1)).platform
        let node = Node(
            .init(address: "local"), platform: platform,
            transport: LocalTransport(platform: platform),
            registry: LocalRegistry(platform: platform))
        node.host(Ask.oracle)
        try await node.start()
        return [1, 64, 256].map { comparison(on: node, width: $0) }
    }

    private static func comparison(on node: Node, width: Int) -> Comparison {
        Comparison(
            name: "call in one process, \(width) in flight", unit: "calls",
            ours: Contender(name: "ClusterClient.call, LocalTransport") { count in
                try await InFlight.sum(count, width) {
                    let context = node.client.context(.anonymous, timeout: .seconds(60))
                    return Int(try await node.client.call(Ask.sample, context).number)
                }
            },
            peers: [
                Contender(name: "a task") { count in
                    try await InFlight.sum(count, width) {
                        Int(await Task { Ask.sample.reply.number }.value)
                    }
                },
                Contender(name: "a task with the encoding", ratioMinimum: 0.5) { count in
                    try await InFlight.sum(count, width) {
                        Int(try await Task { try CallEncoding.carry(.sample).number }.value)
                    }
                },
                Contender(name: "the encoding alone") { count in
                    try await InFlight.sum(count, width) {
                        Int(try CallEncoding.carry(.sample).number)
                    }
                },
            ])
    }
}
