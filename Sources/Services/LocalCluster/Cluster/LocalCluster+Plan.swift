import Foundation
import Platform

extension LocalCluster {
    /// The secrets, which are drawn once.
    func secrets() throws -> ClusterSecrets {
        try ClusterSecrets(at: "\(folder)/secrets.json", platform.random)
    }

    /// Where a backing server runs.
    func site(of server: BackingServer, _ secrets: ClusterSecrets) throws -> ServerSite {
        let folder = "\(folder)/servers/\(server.rawValue)"
        try PrivateFile.makeFolder(folder)
        let isGateway = server == .nginx
        return ServerSite(
            folder: folder, address: isGateway ? "127.0.0.1" : record.plan.address(of: server),
            ports: isGateway ? [record.settings.port] : server.usualPorts, secrets: secrets)
    }

    /// Whether a machine is part of what the cluster is to be.
    func isPlanned(_ machine: Machine) -> Bool {
        switch machine.role {
        case .server: true
        case .service(_, let replica):
            record.settings.instance != nil && replica <= record.settings.replicaCount
        case .follower: record.settings.follower != nil
        }
    }

    /// Gives every machine that is to be its place and program; those that are there stay.
    func planMachines(_ secrets: ClusterSecrets) throws {
        var machines = try BackingServer.allCases.map { server in
            let site = try site(of: server, secrets)
            return Machine(
                role: .server(server), address: site.address,
                program: try server.plan(site, programs).program)
        }
        if let follower = record.settings.follower {
            machines.append(
                Machine(role: .follower, address: record.plan.host, program: follower))
        }
        if let instance = record.settings.instance {
            machines += try instances(of: instance, secrets)
        }
        for index in machines.indices {
            let name = machines[index].name
            machines[index].process = record.machines.first { $0.name == name }?.process
        }
        record.machines = machines
        try save()
    }

    private func instances(of program: Program, _ secrets: ClusterSecrets) throws -> [Machine] {
        try ClusterService.all.enumerated().flatMap { index, service in
            try (1...record.settings.replicaCount).map { replica in
                let address = record.plan.address(ofService: index + 1, replica: replica)
                var machine = Machine(
                    role: .service(name: service.name, replica: replica), address: address,
                    program: program)
                machine.program.arguments.append(service.name)
                var variables = try environment(of: machine.name, address, secrets)
                variables["HOME"] = folder(of: machine.name)
                variables["STARCHAIR_HTTP_PORT"] = "\(service.port)"
                machine.program.environment.merge(variables) { $1 }
                return machine
            }
        }
    }

    /// The variables by which a process on the host finds its way into the cluster, as an instance
    /// does: they hold secrets.
    public func visitorEnvironment() throws -> [String: String] {
        guard record.hasNetwork else { throw Self.nothing(in: folder) }
        return try environment(of: Self.host, record.plan.host, secrets())
    }

    /// All that a process is told, by variables, which only its owner can read.
    private func environment(
        of name: String, _ address: String, _ secrets: ClusterSecrets
    ) throws -> [String: String] {
        let certificates = certificateAuthority.place(of: name)
        var variables = [
            "STARCHAIR_ADDRESS": address, "STARCHAIR_ACTOR_PORT": "\(ClusterService.actorPort)",
            "STARCHAIR_PUBLIC_URL": record.settings.publicURL,
            "STARCHAIR_MAIL_FOLDER": "\(folder)/mail",
            "STARCHAIR_TLS_CERTIFICATE": certificates.certificate,
            "STARCHAIR_TLS_KEY": certificates.key,
            "STARCHAIR_TLS_AUTHORITY": certificates.authority,
        ]
        for server in BackingServer.allCases where server != .nginx {
            let key = "STARCHAIR_\(server.rawValue.uppercased())"
            variables[key] = server.url(try site(of: server, secrets))
        }
        return variables
    }

    /// The name that the host has in certificates.
    static let host = "host"

    nonisolated var certificateAuthority: CertificateAuthority {
        CertificateAuthority(folder: "\(folder)/certificates", tool: tool)
    }

    /// The folder that a machine's processes start in.
    nonisolated func folder(of machine: String) -> String {
        let group = BackingServer(rawValue: machine) == nil ? "services" : "servers"
        return "\(folder)/\(group)/\(machine.replacing("/", with: "-"))"
    }
}
