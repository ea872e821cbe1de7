import ClusterNetwork
import Foundation
import LocalCluster
import Platform
import Trials

/// One run: load, storm, healing, judgement.
struct ChaosRun {
    let cluster: LocalCluster
    let stage: TrialStage
    let meter: WriteMeter
    let size: Crowd.Size

    /// Writes that are acknowledged before anything is broken: people have arrived by then.
    static let warmUpCount = 200
    /// How long that, and enough writes under way, may take.
    static let warmUpPatience = Duration.seconds(60)
    /// How long the machines may take to run and to pass after the faults.
    static let recoveryPatience = Duration.seconds(180)
    /// How long everybody may take to finish after the faults.
    static let livenessPhase = Duration.seconds(600)
    /// How often progress is told.
    static let progressInterval = Duration.seconds(5)
    /// Trials that are judged at once.
    static let judgeCountMaximum = 3

    var clock: any NodeClock { stage.platform.clock }

    func run(seed: UInt64, storm length: Duration) async throws -> ChaosReport {
        let runName = String(ID<Crowd>(stage.platform.random, for: "run name").text.prefix(5))
        let (crowd, board) = (Crowd(on: stage, runName: runName), ChaosBoard())
        crowd.start(size)
        var report = ChaosReport(seed: seed, stormSeconds: length.components.seconds)
        let reporter = stage.platform.tasks.start("progress") { await tell(board) }
        await wait(atMost: Self.warmUpPatience) {
            meter.counts.acknowledgedCount >= Self.warmUpCount
                && meter.load.inFlightCount >= ChaosTally.inFlightMinimum
        }
        let storm = Storm(cluster: cluster, meter: meter, platform: stage.platform)
        let plan = ChaosPlan(seed: seed, for: await machines())
        try await storm.rage(plan, until: clock.uptime + length, board)
        crowd.conclude()
        Terminal.note("healing everything")
        let healed = await recover(storm, board, into: &report)
        await wait(atMost: Self.livenessPhase) { crowd.isQuiet }
        if crowd.isQuiet {
            report.recovery.finishedMilliseconds = (clock.uptime - healed).milliseconds
        } else {
            report.addUnrecovered("not everybody finished within \(Self.livenessPhase)")
        }
        reporter.cancel()
        await judge(crowd.trials, healed: healed, into: &report)
        (report.tally, report.traffic) = (board.tally, meter.counts)
        return report
    }

    private func machines() async -> ChaosPlan.Machines {
        var machines = ChaosPlan.Machines(instances: [], servers: [], gateway: "nginx")
        for machine in await cluster.machines {
            switch machine.role {
            case .server(.nginx), .follower: continue
            case .server: machines.servers.append(machine.name)
            case .service: machines.instances.append(machine.name)
            }
        }
        return .init(
            instances: machines.instances, servers: machines.servers, gateway: machines.gateway)
    }

    private func tell(_ board: ChaosBoard) async {
        let begun = clock.uptime
        while !Task.isCancelled {
            let counts = meter.counts
            Terminal.note(
                "\((clock.uptime - begun).components.seconds) s: "
                    + "\(counts.acknowledgedCount) writes acknowledged, "
                    + "\(counts.inFlightCount) in flight; \(board.broken)")
            do { try await clock.sleep(for: Self.progressInterval) } catch { return }
        }
    }

    private func judge(
        _ trials: [any StageTrial], healed: Duration, into report: inout ChaosReport
    ) async {
        Terminal.note("judging \(trials.count) trials")
        let verdicts = await withTaskGroup { group in
            var (waiting, verdicts) = (trials[...], [TrialVerdict]())
            for trial in waiting.prefix(Self.judgeCountMaximum) {
                group.addTask { await trial.judge(healed: healed) }
            }
            waiting = waiting.dropFirst(Self.judgeCountMaximum)
            while let verdict = await group.next() {
                verdicts.append(verdict)
                guard let trial = waiting.popFirst() else { continue }
                group.addTask { await trial.judge(healed: healed) }
            }
            return verdicts
        }
        for verdict in verdicts { report.add(verdict) }
    }

    private func wait(atMost patience: Duration, _ condition: () async -> Bool) async {
        await wait(until: clock.uptime + patience, condition)
    }

    func wait(until end: Duration, _ condition: () async -> Bool) async {
        while clock.uptime < end, !Task.isCancelled, await !condition() { await pause() }
    }

    func pause() async {
        do {
            try await clock.sleep(for: .milliseconds(100))
        } catch {
            // Who is cancelled looks for it itself.
            return
        }
    }
}
