import Cluster
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Ports
import StarchairAPI

/// The live connections of a node: who may have one, and what it is sent.
///
/// A page is sent each notification of its person's inbox once, in the order of their sequence
/// numbers, from the one on that it names: hints say that there is something new, the inbox says
/// what.
public struct LiveEdge: Sendable {
    /// Who a connection is for.
    public struct Visitor: Sendable {
        let session: Secret
        let account: AccountID
        /// The sequence number of the last notification that the page has.
        let last: Int64
    }

    /// What becomes of somebody who asks for a connection.
    public enum Admission: Sendable {
        case admitted(Visitor)
        /// The body is a problem as RFC 9457 writes it.
        case refused(status: HTTPResponse.Status, problem: [UInt8])
    }

    let gateway: Gateway
    private let bus: any EventBus
    let hub = LiveHub()

    /// How long it rests, at most, after the bus broke.
    static let restMaximum = Duration.seconds(2)

    /// The live connections behind a gateway.
    public init(gateway: Gateway, bus: any EventBus) {
        self.gateway = gateway
        self.bus = bus
    }

    /// Hears which inboxes have something new, until the task is cancelled.
    public func listen() async {
        let platform = gateway.client.platform
        while !Task.isCancelled {
            do throws(BusError) {
                try await bus.listen(to: .inboxes) { signal in
                    if let account = AccountID(signal.text) { hub.wake(account) }
                }
            } catch {
                hub.wakeAll()
                let rest = platform.random.duration(below: Self.restMaximum, for: "hints rest")
                do { try await platform.clock.sleep(for: rest) } catch { return }
            }
        }
    }

    /// Decides about somebody who asks for a connection by the head of a request.
    public func admit(_ head: HTTPRequest) async -> Admission {
        do {
            return .admitted(try await visitor(Request(head: head, body: .init(buffer: .init()))))
        } catch {
            let problem = Problem(answering: error)
            return .refused(status: problem.status, problem: problem.bytes)
        }
    }

    private func visitor(_ request: Request) async throws -> Visitor {
        // A browser sends cookies to whomever a page connects to, and always says whose page.
        try OriginMiddleware.requireOwnOrigin(of: request)
        guard let session = SessionCookie.read(from: request),
            let known = try await gateway.sessions.confirmed(
                session, timeout: gateway.configuration.requestTimeout)
        else { throw Problem(.unauthorized, "signInRequired", "Please sign in.") }
        var last: Int64 = 0
        if let text = request.uri.queryParameters["after"] {
            guard let number = Int64(text), number >= 0 else {
                throw Problem.badRequest(
                    "invalidCursor", "Go on after the last notification's `sequence`.")
            }
            last = number
        }
        return Visitor(session: session, account: known.account, last: last)
    }

    /// Serves a connection until either side ends it.
    public func serve(_ connection: any LiveConnection, to visitor: Visitor) async {
        let news = WakeUp()
        guard let key = hub.add(news, of: visitor.account) else {
            return await connection.close(.tryAgainLater)
        }
        defer { hub.remove(key, of: visitor.account) }
        let push = LivePush(gateway: gateway, connection: connection, visitor: visitor, news: news)
        let reason = await withTaskGroup(of: LiveCloseReason.self) { group in
            group.addTask { await push.run() }
            group.addTask { await Self.drain(connection) }
            let reason = await group.next() ?? .normal
            group.cancelAll()
            return reason
        }
        await connection.close(reason)
    }

    /// Reads what a page sends, which has nothing to say, until it ends or misbehaves.
    private static func drain(_ connection: any LiveConnection) async -> LiveCloseReason {
        do throws(LiveError) {
            return try await connection.receive() == nil ? .normal : .policyViolation
        } catch {
            return error.closeReason
        }
    }
}

extension LiveError {
    /// What the other side is told, if it still listens.
    var closeReason: LiveCloseReason {
        switch self {
        case .malformed(let reason): reason
        case .closed: .normal
        case .slow: .policyViolation
        }
    }
}
