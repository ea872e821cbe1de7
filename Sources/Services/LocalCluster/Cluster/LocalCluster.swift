import Foundation
import Platform

/// A whole real cluster on this machine: the backing servers, the gateway and every instance of
/// every service, each a process with an address of its own, kept in one folder.
///
/// It needs root, as each has a network namespace. What it starts goes on when this process ends.
public actor LocalCluster {
    /// What a cluster consists of; kept in its folder.
    public struct Settings: Codable, Hashable, Sendable {
        /// The port of loopback on which the gateway listens.
        public var port: Int
        /// The address that people open.
        public var publicURL: String
        /// Instances of each service, 1 to 16.
        public var replicaCount: Int
        /// What runs as a service's instance, after whose arguments the service's name follows.
        /// Nil for the servers alone.
        public var instance: Program?
        /// What keeps the gateway's routes while nobody looks: see ``follow(onTrouble:)``.
        public var follower: Program?
        /// The folders of the browser's application and of the documentation.
        public var web: String?
        public var documentation: String?

        /// How many instances of a service there may be.
        public static let replicaCounts = 1...Limit.replicaCountMaximum

        /// Describes the backing servers and the gateway alone.
        public init(port: Int = 8080) {
            self.port = port
            publicURL = "http://localhost:\(port)"
            replicaCount = 1
        }
    }

    /// The absolute path of the folder that holds everything.
    public nonisolated let folder: String
    nonisolated let platform: Platform
    nonisolated let programs: ServerPrograms
    nonisolated let tool: Tool
    private let lock: FolderLock?
    var record: ClusterRecord

    /// Opens a cluster's folder; nothing is started by it.
    ///
    /// - Parameters:
    ///   - folder: an absolute path.
    ///   - settings: what the cluster is to be from now on; nil for what it is already, and then
    ///     it must have been started before.
    ///   - isChange: whether other commands must wait while this one has the folder open.
    public init(
        folder: String, settings: Settings? = nil, isChange: Bool = true,
        programs: ServerPrograms, platform: Platform
    ) async throws {
        try Self.check(folder, settings)
        guard !isChange || geteuid() == 0 else {
            throw ClusterFailure("a cluster gives each process a network: it needs root (sudo)")
        }
        tool = Tool(clock: platform.clock)
        if settings != nil { try PrivateFile.makeFolder(folder) }
        guard FileManager.default.fileExists(atPath: folder) else { throw Self.nothing(in: folder) }
        guard access(folder, R_OK | X_OK) == 0 else {
            throw ClusterFailure("\(folder) is another user's: it needs root (sudo)")
        }
        lock = isChange ? try await FolderLock(folder, clock: platform.clock) : nil
        if let known = try ClusterRecord(in: folder) {
            record = known
        } else if let settings {
            record = ClusterRecord(settings: settings)
        } else {
            throw Self.nothing(in: folder)
        }
        (self.folder, self.programs, self.platform) = (folder, programs, platform)
        if let settings, settings != record.settings { try await change(to: settings) }
    }

    /// The port on which the gateway of the cluster in a folder listens; nil when there is none.
    public static func gatewayPort(in folder: String) throws -> Int? {
        try ClusterRecord(in: folder)?.settings.port
    }

    static func nothing(in folder: String) -> ClusterFailure {
        ClusterFailure("there is no cluster in \(folder): start one with `cluster up`")
    }

    private static func check(_ folder: String, _ settings: Settings?) throws {
        let paths = [folder] + [settings?.web, settings?.documentation].compactMap(\.self)
        // They stand in the servers' configurations, between quotes.
        for path in paths {
            guard path.hasPrefix("/"), !path.contains(where: { "\"\\$'\n".contains($0) }) else {
                throw ClusterFailure("\(path) cannot be used: it has marks that servers misread")
            }
        }
        guard let settings else { return }
        guard Settings.replicaCounts.contains(settings.replicaCount),
            UInt16(exactly: settings.port) ?? 0 > 0
        else {
            throw ClusterFailure(
                "a cluster has 1 to \(Limit.replicaCountMaximum) instances of each service and a "
                    + "port from 1 to 65535")
        }
    }

    /// Takes new settings; what they concern is ended, and comes back with the next start.
    private func change(to settings: Settings) async throws {
        let old = record.settings
        record.settings = settings
        let isToldElse =
            old.instance != settings.instance || old.publicURL != settings.publicURL
        for machine in record.machines
        where machine.isOnHost || !isPlanned(machine) || machine.isService && isToldElse {
            try await end(machine)
        }
        try forgetRoutes()
        record.machines = record.machines.filter { isPlanned($0) }
        try save()
    }

    var network: VirtualNetwork { VirtualNetwork(plan: record.plan, tool: tool) }

    /// Takes a network for this cluster, unless it has one already.
    func claimNetwork() async throws {
        guard !record.hasNetwork else { return }
        record.plan = try await VirtualNetwork.claim(tool).plan
        record.hasNetwork = true
        try save()
    }

    /// The machines that are meant by a name: one, or all instances of a service.
    public func machines(named name: String) throws -> [Machine] {
        let found = record.machines.filter { $0.answers(to: name) }
        guard !found.isEmpty else {
            let known = record.machines.map(\.name).joined(separator: ", ")
            throw ClusterFailure("there is no machine '\(name)': there are \(known)")
        }
        return found
    }

    /// Where the gateway listens, for processes of this machine.
    public var gatewayURL: String { "http://127.0.0.1:\(record.settings.port)" }

    /// All machines, servers first.
    public var machines: [Machine] { record.machines }

    /// Where what a machine's processes say is written.
    public nonisolated func log(of machine: String) -> String {
        "\(folder)/logs/\(machine.replacing("/", with: "-")).log"
    }

    func save() throws { try record.save(in: folder) }

    func update(_ name: String, process: ProcessIdentity?) throws {
        guard let index = record.machines.firstIndex(where: { $0.name == name }) else { return }
        record.machines[index].process = process
        try save()
    }
}
