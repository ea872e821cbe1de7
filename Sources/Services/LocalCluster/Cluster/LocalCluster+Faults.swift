import Foundation
import Platform

extension LocalCluster {
    /// Ends machines as a loss of power would: every process of theirs, without a word.
    public func kill(_ name: String) async throws {
        for machine in try machines(named: name) { try await end(machine) }
    }

    /// Stops all processes of machines where they are; their connections stay open and silent.
    public func pause(_ name: String) throws {
        for machine in try machines(named: name) { try signal(machine, SIGSTOP) }
    }

    /// Lets machines that were paused go on.
    public func resume(_ name: String) throws {
        for machine in try machines(named: name) { try signal(machine, SIGCONT) }
    }

    /// Kills machines and starts them again on what they left on disk.
    ///
    /// It returns when a server is ready, or the registry passes the instance's address; a killed
    /// instance may be passing there for as long as its time to live.
    public func restart(_ name: String) async throws {
        let machines = try machines(named: name)
        for machine in machines {
            try await end(machine)
            try await launch(machine)
            if case .server(let server) = machine.role { try await waitUntilReady(server) }
        }
        let services = machines.filter(\.isService)
        if !services.isEmpty { try await waitUntilPassing(services) }
    }

    /// Has all packets between two machines vanish, in both directions and on connections that
    /// are open; without a second one, all packets of the first.
    public func cut(_ name: String, from peer: String? = nil) async throws {
        var cuts = record.cuts
        func add(_ cut: Cut) {
            if !cuts.contains(cut) { cuts.append(cut) }
        }
        for machine in try machines(named: name) {
            guard let peer else {
                add(Cut(machine: machine.name, peer: nil))
                continue
            }
            for other in try machines(named: peer) where other.name != machine.name {
                guard !machine.isOnHost || !other.isOnHost else {
                    throw ClusterFailure(
                        "\(machine.name) and \(other.name) share the host's network")
                }
                add(Cut(machine: machine.name, peer: other.name))
            }
        }
        try await apply(cuts)
    }

    /// Ends all cuts.
    public func heal() async throws { try await apply([]) }

    private func apply(_ cuts: [Cut]) async throws {
        let (old, new) = (isolations(record.cuts), isolations(cuts))
        // What is to be is written first: a later `heal` must know of all that may be.
        record.cuts = cuts
        try save()
        for machine in record.machines where !machine.isOnHost {
            let addresses = new[machine.name] ?? []
            if addresses != old[machine.name] ?? [] {
                try await network.isolate(machine.name, from: addresses)
            }
        }
    }

    /// From which addresses each machine's namespace drops; nil for all.
    private func isolations(_ cuts: [Cut]) -> [String: [String]?] {
        var isolations: [String: [String]?] = [:]
        func add(_ name: String, _ address: String?) {
            guard let known = isolations[name] ?? [] else { return }
            let all = address.map { known.contains($0) ? known : known + [$0] }
            isolations.updateValue(all, forKey: name)
        }
        let machines = Dictionary(
            record.machines.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for cut in cuts {
            guard let machine = machines[cut.machine] else { continue }
            let others = cut.peer.map { [machines[$0]].compactMap(\.self) } ?? record.machines
            if machine.isOnHost {
                for other in others where !other.isOnHost { add(other.name, record.plan.host) }
            } else if let peer = cut.peer.flatMap({ machines[$0] }) {
                add(machine.name, peer.isOnHost ? record.plan.host : peer.address)
            } else {
                add(machine.name, nil)
            }
        }
        return isolations
    }

    /// All processes of a machine: those in its network, whoever started them, and those that are
    /// still on their way into it.
    func processes(of machine: Machine) throws -> [ProcessIdentity] {
        let process = record.machines.first { $0.name == machine.name }?.process
        let group = try process?.group() ?? []
        guard !machine.isOnHost else { return group }
        let inside = try network.processes(of: machine.name)
        return inside + group.filter { !inside.contains($0) }
    }

    func signal(_ machine: Machine, _ number: Int32) throws {
        for process in try processes(of: machine) { process.signal(number) }
    }

    /// Kills all processes of a machine and returns when none is left.
    func end(_ machine: Machine) async throws {
        let end = platform.clock.uptime + Limit.killedEnd
        while true {
            let processes = try processes(of: machine)
            if processes.isEmpty { break }
            for process in processes { process.signal(SIGKILL) }
            guard platform.clock.uptime < end else {
                throw ClusterFailure("\(machine.name) cannot be killed: \(processes.map(\.pid))")
            }
            try await platform.clock.sleep(for: .milliseconds(10))
        }
        try update(machine.name, process: nil)
    }
}
