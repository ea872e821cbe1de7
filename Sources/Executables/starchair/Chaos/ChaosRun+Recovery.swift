import LocalCluster
import Trials

extension ChaosRun {
    /// Heals, and measures until the system serves again; from when on nothing was broken.
    func recover(
        _ storm: Storm, _ board: ChaosBoard, into report: inout ChaosReport
    ) async -> Duration {
        let begun = clock.uptime
        let end = begun + Self.recoveryPatience
        var isWell = false
        while !isWell, clock.uptime < end, !Task.isCancelled {
            do {
                try await storm.heal()
                isWell = await cluster.status().allSatisfy(\.isWell)
            } catch {
                board.fail("healing: \(error)")
            }
            if !isWell { await pause() }
        }
        board.calm()
        let healed = clock.uptime
        guard isWell else {
            report.addUnrecovered("not every machine passed within \(Self.recoveryPatience)")
            return healed
        }
        report.recovery.registryMilliseconds = (healed - begun).milliseconds
        await wait(until: end) { await isServed() }
        if await isServed() {
            report.recovery.servedMilliseconds = (clock.uptime - begun).milliseconds
        } else {
            report.addUnrecovered("not every service answers through the gateway")
        }
        return clock.uptime
    }

    /// Whether each service answers through the gateway.
    private func isServed() async -> Bool {
        for service in PodService.all {
            let call = HTTPCall(method: "GET", path: "\(service.prefix)/check")
            do throws(NoAnswer) {
                guard try await stage.port.exchange(call).status == 200 else { return false }
            } catch {
                return false
            }
        }
        return true
    }
}
