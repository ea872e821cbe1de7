import Platform

/// How a machine is now.
public struct MachineStatus: Codable, Sendable {
    /// What its process does.
    public enum State: String, Codable, Sendable {
        case running, paused, dead
    }

    public let name: String
    public let address: String
    public let pid: Int32?
    public let state: State
    /// Memory of all its processes; pages that they share are counted in each.
    public let residentByteCount: Int
    /// What the registry says of it, if it is a service's instance and the registry answers.
    public let registry: RegistryStanding?
    /// From whom it is cut off; `*` stands for everybody.
    public let cuts: [String]

    /// Whether it is as it should be.
    public var isWell: Bool {
        state == .running && registry ?? .passing == .passing && cuts.isEmpty
    }
}

extension LocalCluster {
    /// How all machines are now. A registry that does not answer is shown by what is missing.
    public func status() async -> [MachineStatus] {
        let survey: RegistrySurvey?
        do { survey = try await self.survey() } catch { survey = nil }
        return record.machines.map { machine in
            let leader = machine.process?.status
            let processes: [ProcessIdentity]
            do { processes = try self.processes(of: machine) } catch { processes = [] }
            return MachineStatus(
                name: machine.name, address: machine.address,
                pid: leader == nil ? nil : machine.process?.pid,
                state: leader.map { $0.state == "T" ? .paused : .running } ?? .dead,
                residentByteCount: processes.reduce(0) {
                    $0 + ($1.status?.residentByteCount ?? 0)
                },
                registry: survey.flatMap { machine.standing(in: $0) },
                cuts: record.cuts.compactMap { cut in
                    if cut.machine == machine.name { return cut.peer ?? "*" }
                    return cut.peer == machine.name ? cut.machine : nil
                })
        }
    }
}

extension Machine {
    /// What the registry says of an instance; nil of what is none.
    func standing(in survey: RegistrySurvey) -> RegistryStanding? {
        guard case .service(let name, _) = role else { return nil }
        return survey.standing(of: name, at: address)
    }

    var isService: Bool {
        if case .service = role { true } else { false }
    }
}
