/// Two machines that cannot reach each other, or one that nobody can reach.
public struct Cut: Codable, Hashable, Sendable {
    public let machine: String
    /// Nil stands for all others.
    public let peer: String?
}

extension VirtualNetwork {
    /// Has the machine `name` drop, silently, all packets from and to these addresses.
    ///
    /// - Parameter addresses: nil for every address but its own.
    func isolate(_ name: String, from addresses: [String]?) async throws {
        try await tool.run(
            ["nsenter", "--net=\(Self.path(of: namespace(of: name)))", "nft", "-f", "-"],
            input: Self.rules(dropping: addresses))
    }

    /// Rules for nft that replace those of earlier cuts. A connection that is open goes silent,
    /// as nothing looks at states.
    static func rules(dropping addresses: [String]?) -> String {
        let fresh = "table inet cut\ndelete table inet cut\n"
        if addresses?.isEmpty == true { return fresh }
        func chain(_ hook: String, _ interface: String, _ side: String) -> String {
            let match = addresses.map { "ip \(side) { \($0.joined(separator: ", ")) }" } ?? ""
            return """
                    chain \(hook) {
                        type filter hook \(hook) priority 0;
                        \(interface) != "lo" \(match) drop
                    }

                """
        }
        return fresh + "table inet cut {\n" + chain("input", "iifname", "saddr")
            + chain("output", "oifname", "daddr") + "}\n"
    }
}
