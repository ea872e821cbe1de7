import Platform

/// What ``RequestID`` names.
public enum Request {}

/// The identity of one intention: every attempt to carry it out bears the same.
public typealias RequestID = ID<Request>

/// What travels with a call beside its message.
public struct CallContext: Sendable {
    /// On whose behalf.
    public let principal: Principal
    /// Which intention.
    public let requestID: RequestID
    /// Ties together all that one client's request caused, in every log.
    public let traceID: String
    /// When the caller stops waiting, on the uptime of the node that holds this context.
    public let deadline: Duration

    /// Describes a call that may take until `deadline` of the node's uptime.
    public init(
        principal: Principal, requestID: RequestID, traceID: String, deadline: Duration
    ) {
        self.principal = principal
        self.requestID = requestID
        self.traceID = traceID
        self.deadline = deadline
    }

    /// The context of a query that this call causes: its own principal, its own intention.
    ///
    /// It is for queries: two people's requests under one id cause the same id here.
    ///
    /// - Parameter purpose: tells apart the calls that one request causes; at most 20 bytes.
    public func causing(_ purpose: StaticString, as principal: Principal) -> CallContext {
        guard let id = RequestID("\(requestID.text.prefix(43))-\(purpose)") else {
            preconditionFailure("a purpose is a short word of letters: \(purpose)")
        }
        return CallContext(
            principal: principal, requestID: id, traceID: traceID, deadline: deadline)
    }
}
