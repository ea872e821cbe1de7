import Foundation
import Platform

/// Keeps the gateway's routes as the registry has them.
struct GatewayFollower: Sendable {
    /// The configuration as it would be without any instance.
    let configuration: GatewayConfiguration
    let consulHost: String
    let consulPort: Int
    let platform: Platform
    /// The nginx that runs now, if one does.
    let nginx: @Sendable () throws -> ProcessIdentity?

    /// How long a question may wait for a change.
    static let wait = Duration.seconds(5)
    /// The time between two reloads at least: each leaves workers behind while pages are open.
    static let rest = Duration.milliseconds(200)

    /// Follows until the task is cancelled. What the registry said last holds while it is away.
    ///
    /// - Parameter onTrouble: is told why a change could not be followed; it is tried again.
    func run(onTrouble: @Sendable (String) -> Void) async throws {
        var index: String?
        while true {
            do {
                index = try await followOnce(after: index)
                try await platform.clock.sleep(for: Self.rest)
            } catch let error as CancellationError {
                throw error
            } catch {
                index = nil
                onTrouble("the registry cannot be followed: \(error)")
                try await platform.clock.sleep(for: .seconds(1))
            }
        }
    }

    /// Waits for a change of any check, and applies what is there then.
    private func followOnce(after index: String?) async throws -> String? {
        let (host, port) = (consulHost, consulPort)
        let seconds = Self.wait.components.seconds
        let path = "/v1/health/state/any" + (index.map { "?index=\($0)&wait=\(seconds)s" } ?? "")
        let (next, survey) = try await platform.offload.run("following the registry") {
            // Consul adds a sixteenth to the time it waits.
            let answer = try HTTPQuestion.get(
                path, host: host, port: port, timeLimit: Self.wait * 2)
            guard answer.status == 200 else { throw SocketConversation.Broken() }
            let next = answer.headers["x-consul-index"]
            return (next, try RegistrySurvey(host: host, port: port))
        }
        // Also without a change: nginx may have been given other routes meanwhile.
        try apply(survey)
        // An index that went back belongs to another history. Source: Consul, blocking queries.
        if let next = next.flatMap({ UInt64($0) }), next < index.flatMap({ UInt64($0) }) ?? 0 {
            return nil
        }
        return next
    }

    /// Writes the routes and tells nginx, if they are others than before.
    func apply(_ survey: RegistrySurvey) throws {
        var configuration = configuration
        configuration.instances = survey.gatewayInstances
        let (path, text) = ("\(configuration.folder)/nginx.conf", configuration.text)
        guard FileManager.default.contents(atPath: path) != Data(text.utf8) else { return }
        try PrivateFile.write(text, to: path)
        try nginx()?.signal(SIGHUP)
    }
}
