import ArgumentParser
import AsyncHTTPClient
import ClusterNetwork
import Foundation
import LocalCluster
import Platform
import Trials

/// Whether an installation works, seen from outside.
struct Smoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play the whole system over HTTP and check every answer.",
        discussion: """
            It registers people, proposes and opens a conference, submits real PDFs, and tries \
            what must be refused. What it was told that it made goes into a journal; --verify \
            compares all of that with what the installation says later, for example after a \
            crash. It reads the letters and an administrator's link from the data folder of an \
            installation on the same machine: `data`, or `cluster-data` when the address is \
            that of the cluster there. Pages are open meanwhile, and must show what is new.

            Examples:
              starchair smoke --url http://127.0.0.1:8080
              starchair smoke --url http://127.0.0.1:8080 --load 30
              starchair smoke --url http://127.0.0.1:8080 --verify

            Exit codes: 0 all is well; 1 a check failed; 75 the installation went away.
            """)

    @Option(help: "The installation's address.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The folder that holds all data of the installation.")
    var data: String?

    @Option(help: "The journal; smoke.jsonl in the data folder if not given.")
    var journal: String?

    @Option(help: "A link that signs an administrator in, when the data folder is elsewhere.")
    var administratorLink: String?

    @Flag(help: "Compare everything that earlier runs made with what is there now.")
    var verify = false

    @Option(help: "Hand in submissions for so many seconds, as fast as they are answered.")
    var load: Int?

    @Option(help: "People who hand in at once, with --load.")
    var authors = 8

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard let parsed = URL(string: url), ["http", "https"].contains(parsed.scheme),
            parsed.host() != nil
        else {
            throw ValidationError("--url is like http://127.0.0.1:8080")
        }
        guard parsed.scheme == "http" || verify || load != nil else {
            throw ValidationError(
                "live connections are played without encryption only: give the address behind "
                    + "the proxy, like http://127.0.0.1:8080; --load and --verify take https")
        }
        guard (1...200).contains(authors), load.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--authors is 1 to 200, --load at least 1")
        }
        guard !verify || load == nil else { throw ValidationError("--verify or --load, not both") }
    }

    func run() async throws {
        let (isQuiet, isLong) = (json, verify || load != nil)
        let report = SmokeReport { name, passed in
            guard !isQuiet, !isLong || !passed else { return }
            Terminal.say("\(passed ? "ok  " : "FAIL") \(name)")
        }
        let system = SystemPlatform(.init(offloadThreadCount: 1))
        let port = SocketPort(url: url.hasSuffix("/") ? String(url.dropLast()) : url)
        let (folder, isCluster) = try place()
        let trial = SmokeTrial(
            stage(
                port, system.platform, folder: folder,
                tokens: isCluster ? try await clusterToken(folder, system.platform) : []),
            journal: try FileJournal(path: journal ?? "\(folder)/smoke.jsonl"), report: report)
        var isComplete = true
        do {
            isComplete = try await play(trial)
        } catch let stopped as SmokeTrial.Stopped {
            await system.shutDown()
            throw Failure(stopped.description)
        }
        await system.shutDown()
        conclude(report)
        if !report.failures.isEmpty { throw ExitCode(1) }
        if !isComplete { throw ExitCode(EX_TEMPFAIL) }
    }

    private func play(_ trial: SmokeTrial) async throws -> Bool {
        if verify {
            try await trial.verify { done, total in
                Terminal.progress("compared \(done) of \(total)")
            }
            Terminal.endProgress()
            return true
        }
        guard let load else {
            try await trial.play()
            return true
        }
        let result = try await trial.load(authorCount: authors, for: .seconds(load)) { count in
            Terminal.progress("\(count) submissions acknowledged")
        }
        Terminal.endProgress()
        if !json { Terminal.say("\(result.acknowledgedCount) submissions acknowledged") }
        if !result.isComplete {
            Terminal.warn("the installation went away: start it and run smoke --verify")
        }
        return result.isComplete
    }

    /// The installation's folder, and whether it is a cluster's.
    private func place() throws -> (folder: String, isCluster: Bool) {
        let candidate = data ?? ClusterOptions.usualFolder
        let port = try LocalCluster.gatewayPort(in: URL(filePath: candidate).plainPath)
        let isCluster = port != nil && port == URL(string: url)?.port
        return (isCluster ? candidate : data ?? "data", isCluster)
    }

    /// A new token of an administrator, unless the one of an earlier run will do.
    private func clusterToken(_ folder: String, _ platform: Platform) async throws -> [String] {
        guard !verify, load == nil, administratorLink == nil else { return [] }
        let cluster = try await LocalCluster(
            folder: URL(filePath: folder).plainPath, isChange: false,
            programs: .installed, platform: platform)
        let desk = try await OperatorsDesk(cluster, platform)
        let token: String?
        do {
            token = try await desk.mint()
        } catch {
            throw Failure("the cluster's UserService cannot be asked for a link: \(error)")
        }
        await desk.close()
        return token.map { [$0] } ?? []
    }

    private func stage(
        _ port: SocketPort, _ platform: Platform, folder data: String, tokens minted: [String]
    ) -> SmokeTrial.Stage {
        let folder = "\(data)/mail"
        var tokens = minted
        let kept = try? String(contentsOfFile: "\(data)/administrator-link", encoding: .utf8)
        for link in [administratorLink, kept].compactMap(\.self) {
            tokens += link.split(separator: "#administrator=").dropFirst().map {
                String($0.prefix { $0.isLetter || $0.isNumber })
            }
        }
        return SmokeTrial.Stage(
            port: port, live: SocketLivePort(url: url) ?? UnavailableLivePort(),
            platform: platform, letters: { MailSpool.letters(in: folder) },
            administratorTokens: tokens,
            runName: ID<Smoke>(platform.random, for: "run name").text.prefix(6).description)
    }

    private func conclude(_ report: SmokeReport) {
        let (passed, failed) = (report.passedCount, report.failures.count)
        if json {
            let failures = report.failures.map { "\"\($0.replacing("\"", with: "'"))\"" }
            Terminal.say(
                "{\"passed\":\(passed),\"failed\":\(failed),"
                    + "\"failures\":[\(failures.joined(separator: ","))]}")
        } else {
            Terminal.say("\(passed) passed, \(failed) failed")
        }
        for failure in report.failures where !json { Terminal.warn(failure) }
    }
}
