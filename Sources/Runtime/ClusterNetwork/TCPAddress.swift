import Cluster

/// The host and port that an address of the TCP transport names.
struct TCPAddress: Hashable {
    let host: String
    let port: Int

    /// Reads `host:port`; an IPv6 host stands in brackets. Nil for anything else.
    init?(_ address: Address) {
        guard let colon = address.text.lastIndex(of: ":"),
            let port = UInt16(address.text[address.text.index(after: colon)...])
        else { return nil }
        var host = address.text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        self.port = Int(port)
    }
}
