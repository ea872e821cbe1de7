import AsyncHTTPClient
import Foundation
import LocalCluster
import NIOCore
import Platform
import Trials

/// The cluster that is broken: one's own in a folder of the moment, or one that is up.
struct ChaosGround {
    private let cluster: LocalCluster
    private let isOwn: Bool
    private let url: String

    /// How long a visitor waits for an answer.
    static let answerTimeout = TimeAmount.seconds(12)
    /// Connections of all visitors together.
    static let connectionCountMaximum = 1024

    /// Starts a cluster, or finds one.
    init(data: String?, replicas: Int, port: Int, _ platform: Platform) async throws {
        isOwn = data == nil
        let programs = ServerPrograms.installed
        guard isOwn else {
            let folder = URL(filePath: data ?? "").plainPath
            cluster = try await LocalCluster(folder: folder, programs: programs, platform: platform)
            url = await cluster.gatewayURL
            guard await cluster.status().allSatisfy(\.isWell) else {
                throw Failure("the cluster in \(folder) is not well: see `cluster status`")
            }
            return
        }
        try programs.requireAll()
        let name = "starchair-chaos-\(ProcessInfo.processInfo.processIdentifier)"
        let folder = FileManager.default.temporaryDirectory.appending(path: name).plainPath
        let gateway = port == 0 ? Int(try FreePort.find(on: "127.0.0.1")) : port
        let settings = try LocalCluster.Settings(
            ofThisProgram: folder, port: gateway, replicas: replicas)
        cluster = try await LocalCluster(
            folder: folder, settings: settings, programs: programs, platform: platform)
        url = await cluster.gatewayURL
        Terminal.note("starting a cluster in \(folder)")
        do {
            try await cluster.start { Terminal.note($0) }
        } catch {
            try await cluster.stop()
            Terminal.note("what it said stays in \(folder)/logs")
            throw error
        }
    }

    /// Ends a cluster of one's own.
    func leave() async throws {
        guard isOwn else { return }
        try await cluster.stop(removingData: true)
    }

    func run(
        _ size: Crowd.Size, seed: UInt64, storm: Duration, _ platform: Platform
    ) async throws -> ChaosReport {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            Self.connectionCountMaximum
        // Whoever is refused hears of it, as in a browser.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(configuration: configuration)
        do {
            let report = try await run(client, size, seed: seed, storm: storm, platform)
            try await client.shutdown()
            return report
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    private func run(
        _ client: HTTPClient, _ size: Crowd.Size, seed: UInt64, storm: Duration,
        _ platform: Platform
    ) async throws -> ChaosReport {
        let meter = WriteMeter { platform.clock.uptime }
        let letters = LetterBox(folder: "\(cluster.folder)/mail")
        let desk = try await OperatorsDesk(cluster, platform)
        let port = SocketPort(url: url, client: client, timeout: Self.answerTimeout)
        let stage = TrialStage(
            port: MeteredPort(port, meter), live: SocketLivePort(url: url) ?? UnavailableLivePort(),
            platform: platform, letters: { await letters.letters(endingIn: $0) },
            administratorTokens: { await desk.mint($0) })
        let run = ChaosRun(cluster: cluster, stage: stage, meter: meter, size: size)
        var report = try await run.run(seed: seed, storm: storm)
        await desk.close()
        Terminal.note("judging what is stored")
        let stored = try await StoredInstallation.ofCluster(
            try await PodConfiguration(), platform)
        let reader = StateReader(installation: stored, clock: platform.clock)
        let verdict = try await StateCheck(reader: reader).judge()
        await stored.close()
        report.add(verdict.findings)
        for (name, times) in verdict.occurrences { report.count(name, by: times) }
        return report
    }
}
