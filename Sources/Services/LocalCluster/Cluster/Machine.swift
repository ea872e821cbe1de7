/// One machine of the cluster: a process, or a few that belong together, with their own address.
public struct Machine: Codable, Hashable, Sendable {
    /// What a machine is there for.
    public enum Role: Codable, Hashable, Sendable {
        case server(BackingServer)
        /// One instance of a service; replicas are counted from 1.
        case service(name: String, replica: Int)
        /// Writes the gateway's routes.
        case follower
    }

    public let role: Role
    public let address: String
    /// What runs on it.
    var program: Program
    /// The first of its processes, once it was started.
    public internal(set) var process: ProcessIdentity?

    /// For example `redis` or `DraftService/2`.
    public var name: String {
        switch role {
        case .server(let server): server.rawValue
        case .service(let name, let replica): "\(name)/\(replica)"
        case .follower: "follower"
        }
    }

    /// Whether it shares the host's network, where browsers reach it.
    var isOnHost: Bool { role == .server(.nginx) || role == .follower }

    /// Whether it is meant by what an operator typed: `DraftService/2`, `draft/2`, or `draft` for
    /// all instances.
    func answers(to text: String) -> Bool {
        let text = text.lowercased()
        guard case .service(let name, let replica) = role else { return name.lowercased() == text }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let long = name.lowercased()
        guard parts[0] == long || "\(parts[0])service" == long else { return false }
        return parts.count == 1 || parts[1] == "\(replica)"
    }
}
