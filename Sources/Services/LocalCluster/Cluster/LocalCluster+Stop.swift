import Foundation
import Platform

extension LocalCluster {
    /// Ends everything: the instances first, which may finish what they do, then the servers.
    ///
    /// - Parameter isRemovingData: whether the folder goes too.
    public func stop(removingData isRemovingData: Bool = false) async throws {
        // Who never had a network may not touch another's.
        guard record.hasNetwork else { return try forget(isRemovingData) }
        let machines = record.machines
        try await finish(machines.filter { $0.isService || $0.role == .follower })
        try await finish(machines.filter { !$0.isService && $0.role != .follower })
        for machine in machines { try await end(machine) }
        try await network.tearDown()
        record.cuts = []
        try save()
        try forget(isRemovingData)
    }

    private func forget(_ isRemovingData: Bool) throws {
        if isRemovingData { try FileManager.default.removeItem(atPath: folder) }
    }

    /// Asks machines to end, and gives them a while.
    private func finish(_ machines: [Machine]) async throws {
        for machine in machines {
            // Whoever was paused does not hear before it goes on.
            try signal(machine, machine.role == .server(.nginx) ? SIGQUIT : SIGTERM)
            try signal(machine, SIGCONT)
        }
        let end = platform.clock.uptime + Limit.gracefulEnd
        while platform.clock.uptime < end {
            if try machines.allSatisfy({ try processes(of: $0).isEmpty }) { return }
            try await platform.clock.sleep(for: .milliseconds(20))
        }
    }
}
