import Foundation
import Platform

extension LocalCluster {
    /// Starts what does not run, and returns when the registry passes every instance and the
    /// gateway knows them.
    ///
    /// - Parameter progress: is told what was done, in words for people.
    public func start(_ progress: @escaping @Sendable (String) -> Void = { _ in }) async throws {
        try programs.requireAll()
        for name in ["logs", "mail"] { try PrivateFile.makeFolder("\(folder)/\(name)") }
        try await claimNetwork()
        let secrets = try secrets()
        try planMachines(secrets)
        let machines = record.machines
        try await network.build(
            machines.filter { !$0.isOnHost }.map { ($0.name, $0.address) })
        try await withThrowingTaskGroup { group in
            for case .server(let server) in machines.map(\.role) {
                group.addTask { try await self.start(server, progress) }
            }
            group.addTask { try await self.makeCertificates() }
            try await group.waitForAll()
        }
        for machine in machines where machine.role == .follower { try await launch(machine) }
        let services = machines.filter(\.isService)
        guard !services.isEmpty else { return }
        let begun = platform.clock.uptime
        for machine in services { try await launch(machine) }
        try await waitUntilPassing(services)
        progress(
            "\(services.count) instances of \(ClusterService.all.count) services pass"
                + after(begun))
        try await waitForRoutes()
    }

    private func makeCertificates() async throws {
        let authority = certificateAuthority
        try await authority.prepare()
        try await authority.make(for: Self.host, address: record.plan.host)
        for machine in record.machines where machine.isService {
            try await authority.make(for: machine.name, address: machine.address)
        }
    }

    private func start(
        _ server: BackingServer, _ progress: @Sendable (String) -> Void
    ) async throws {
        guard let machine = record.machines.first(where: { $0.role == .server(server) }) else {
            return
        }
        let begun = platform.clock.uptime
        let isNew = !(machine.process?.isAlive ?? false)
        try await launch(machine)
        try await waitUntilReady(server)
        if isNew { progress("\(server.rawValue) is ready" + after(begun)) }
    }

    private func after(_ begun: Duration) -> String {
        let milliseconds = (platform.clock.uptime - begun).milliseconds
        return " (\(milliseconds / 1000).\(milliseconds % 1000 / 100) s)"
    }

    /// Starts a machine's program unless it runs, after whatever an earlier one left behind.
    func launch(_ machine: Machine) async throws {
        let known = record.machines.first { $0.name == machine.name }?.process
        guard known?.isAlive != true else { return }
        try await end(machine)
        let place = folder(of: machine.name)
        try PrivateFile.makeFolder(place)
        if case .server(let server) = machine.role {
            if server == .nginx { try writeFirstRoutes() }
            try server.plan(try site(of: server, try secrets()), programs).prepare(place)
        }
        try LogTail.turn(log(of: machine.name))
        let identity = try await Launcher(tool: tool).launch(
            machine.program, in: place, log: log(of: machine.name),
            namespace: machine.isOnHost ? nil : network.namespace(of: machine.name))
        try update(machine.name, process: identity)
    }

    /// Returns when a server does its work.
    func waitUntilReady(_ server: BackingServer) async throws {
        let plan = try server.plan(try site(of: server, try secrets()), programs)
        guard let machine = try machines(named: server.rawValue).first,
            let process = machine.process
        else { return }
        try await plan.waitUntilReady(
            server, process, log: log(of: machine.name), platform: platform)
    }

    /// Returns when the registry passes all of these.
    func waitUntilPassing(_ services: [Machine]) async throws {
        let end = platform.clock.uptime + Limit.serviceStart
        var waiting = services.map(\.name)
        while !waiting.isEmpty {
            let survey = try await survey()
            for machine in record.machines where waiting.contains(machine.name) {
                guard machine.process?.isAlive == true else {
                    throw ClusterFailure(
                        "\(machine.name) ended:\n\(LogTail.lines(of: log(of: machine.name)))")
                }
                if machine.standing(in: survey) == .passing {
                    waiting.removeAll { $0 == machine.name }
                }
            }
            guard waiting.isEmpty || platform.clock.uptime < end else {
                throw ClusterFailure(
                    "\(waiting.joined(separator: ", ")) did not pass within "
                        + "\(Limit.serviceStart):\n\(LogTail.lines(of: log(of: waiting[0])))")
            }
            if !waiting.isEmpty { try await platform.clock.sleep(for: Limit.pollInterval) }
        }
    }
}
