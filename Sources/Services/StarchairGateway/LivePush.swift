import Cluster
import Platform
import Ports
import StarchairAPI

/// Sends one page what comes into its person's inbox.
struct LivePush {
    let gateway: Gateway
    let connection: any LiveConnection
    let visitor: LiveEdge.Visitor
    let news: WakeUp

    /// How often the session is asked about, so that nothing is sent long after it ended.
    static let confirmationInterval = Duration.seconds(3)
    /// How long a session may go unconfirmed while its authority is away.
    static let confirmationPatience = SessionLookup.stalenessMaximum
    /// How often it looks without a hint: a hint may be lost.
    static let lookInterval = Duration.seconds(15)
    /// Notifications read at once.
    static let batchCount = 50
    /// How long one question may take.
    static let timeout = Duration.seconds(4)

    private var platform: Platform { gateway.client.platform }

    private struct Progress {
        /// The last notification that the page has.
        var last: Int64
        /// When the session was last known to be held.
        var confirmed: Duration
        /// When the inbox was last read.
        var looked: Duration
        var hasNews = true
    }

    /// Sends until the session ends, the page does not read, or the task is cancelled.
    func run() async -> LiveCloseReason {
        let start = platform.clock.uptime
        var progress = Progress(last: visitor.last, confirmed: start, looked: start)
        while !Task.isCancelled {
            do {
                try await look(&progress)
                progress.hasNews = false
            } catch let reason as Ended {
                return reason.reason
            } catch let error as LiveError {
                return error.closeReason
            } catch {
                // The services do not answer: what could not be read is read at the next look.
                progress.hasNews = true
                guard age(of: progress) < Self.confirmationPatience else {
                    return .tryAgainLater
                }
            }
            let rest = progress.hasNews ? .milliseconds(500) : Self.confirmationInterval
            if await news.wait(atMost: rest, on: platform.clock) { progress.hasNews = true }
        }
        return .goingAway
    }

    private struct Ended: Error {
        var reason: LiveCloseReason
    }

    /// How long ago the session was last known to be held.
    private func age(of progress: Progress) -> Duration {
        platform.clock.uptime - progress.confirmed
    }

    /// Makes sure that the session is held.
    private func confirm(_ progress: inout Progress) async throws -> Principal {
        let asked = platform.clock.uptime
        guard
            let holder = try await gateway.sessions.confirmed(
                visitor.session, timeout: Self.timeout),
            holder.account == visitor.account
        else { throw Ended(reason: .policyViolation) }
        progress.confirmed = asked
        return Principal(holder)
    }

    /// Makes sure that the session is held, then sends what is new.
    private func look(_ progress: inout Progress) async throws {
        let principal = try await confirm(&progress)
        let now = platform.clock.uptime
        guard progress.hasNews || now - progress.looked >= Self.lookInterval else { return }
        progress.looked = now
        while try await sendSome(as: principal, &progress) {}
    }

    /// Sends one batch; whether there may be more.
    private func sendSome(as principal: Principal, _ progress: inout Progress) async throws -> Bool
    {
        let context = gateway.client.context(principal, timeout: Self.timeout)
        let inbox = try await gateway.client.call(
            ReadInbox(after: progress.last, limit: Self.batchCount), context)
        for notification in inbox.items {
            // A page that reads slowly makes a batch last.
            if age(of: progress) >= Self.confirmationInterval { _ = try await confirm(&progress) }
            try await connection.send(
                String(decoding: JSON.encode(notification), as: UTF8.self))
            progress.last = notification.sequence
        }
        return inbox.items.count == Self.batchCount
    }
}
