import Foundation

/// Where the servers' own programs are on this machine.
public struct ServerPrograms: Sendable {
    private static let rabbitMQReleases = "/usr/lib/rabbitmq/lib"

    private let folders: [String]

    /// Looks in `folders` first, and then where the system keeps programs.
    public init(folders: [String]) {
        self.folders = folders + Tool.searchPath.split(separator: ":").map(String.init)
    }

    /// The absolute path of a program.
    func path(of name: String) throws -> String {
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
            throw missing([name])
        }
        return path
    }

    /// The folder of RabbitMQ's own programs: Debian's wrapper of them changes the user.
    func rabbitMQ() throws -> String {
        guard FileManager.default.fileExists(atPath: Self.rabbitMQReleases) else {
            throw missing(["rabbitmq-server"])
        }
        let releases = try FileManager.default.contentsOfDirectory(atPath: Self.rabbitMQReleases)
        guard let release = releases.sorted().last(where: { $0.hasPrefix("rabbitmq_server-") })
        else { throw missing(["rabbitmq-server"]) }
        return "\(Self.rabbitMQReleases)/\(release)/sbin"
    }

    /// Throws, once for all, what a cluster lacks on this machine.
    public func requireAll() throws {
        var names = [
            "consul", "mongod", "redis-server", "epmd", "nginx", "ip", "nft", "nsenter", "setsid",
            "openssl",
        ].filter { name in !folders.contains { access("\($0)/\(name)", X_OK) == 0 } }
        if case .failure = Result(catching: { try rabbitMQ() }) { names.append("rabbitmq-server") }
        guard names.isEmpty else { throw missing(names) }
    }

    private func missing(_ names: [String]) -> ClusterFailure {
        ClusterFailure(
            "this machine lacks \(names.joined(separator: ", ")): `./starchair cluster up` "
                + "installs it")
    }
}
