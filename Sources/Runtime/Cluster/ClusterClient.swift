import BSON
import Platform

/// A node's way to the services of the cluster.
public final class ClusterClient: Sendable {
    /// Time, chance and tasks of the node.
    public let platform: Platform
    let directory: Directory
    private let transport: any Transport
    private let attemptTimeout: Duration
    private let budget = RetryBudget()

    init(
        platform: Platform, transport: any Transport, directory: Directory,
        attemptTimeout: Duration
    ) {
        self.platform = platform
        self.transport = transport
        self.directory = directory
        self.attemptTimeout = attemptTimeout
    }

    /// A new context for a call that begins here.
    public func context(
        _ principal: Principal, requestID: RequestID? = nil, traceID: String? = nil,
        timeout: Duration
    ) -> CallContext {
        let id = requestID ?? RequestID(platform.random, for: "request id")
        return CallContext(
            principal: principal, requestID: id, traceID: traceID ?? id.text,
            deadline: platform.clock.uptime + timeout)
    }

    /// Rests between attempts: the first at most this long, each next at most twice as long.
    static let firstRest = Duration.milliseconds(20)
    /// The longest rest between two attempts.
    static let restMaximum = Duration.seconds(1)

    /// Asks a service, wherever it runs, and returns its reply.
    ///
    /// An attempt whose outcome is unknown is repeated under the same request id, on another
    /// instance if there is one, while the deadline and the retry budget allow.
    public func call<M: Message>(
        _ message: M, _ context: CallContext
    ) async throws(CallFailure<M.Code>) -> M.Reply {
        let body = try encode(message)
        budget.earn()
        var failure = ClusterError.unreachable
        var failed: InstanceID?
        var rest = Self.firstRest
        while true {
            let attempt = await attempt(M.self, body, context, avoiding: failed)
            switch attempt.result {
            case .success(let answer): return try decode(M.self, answer)
            case .failure(let error):
                // A lost answer says more than a later failure to get another.
                if failure == .unreachable || error == .timedOut || error == .outcomeUnknown {
                    failure = error
                }
                failed = attempt.instance
                guard error.isWorthRetrying else { throw .unknown(error) }
            }
            let pause = platform.random.duration(below: rest, for: "retry rest")
            guard platform.clock.uptime + pause < context.deadline else { throw .unknown(failure) }
            guard budget.spend() else { throw .unknown(.retryBudgetSpent) }
            do {
                try await platform.clock.sleep(for: pause)
            } catch {
                throw .unknown(.cancelled)
            }
            rest = min(rest * 2, Self.restMaximum)
        }
    }

    private struct Attempt {
        var instance: InstanceID?
        var result: Result<Answer, ClusterError>
    }

    private func attempt<M: Message>(
        _ type: M.Type, _ body: [UInt8], _ context: CallContext, avoiding failed: InstanceID?
    ) async -> Attempt {
        let remaining = context.deadline - platform.clock.uptime
        guard remaining > .milliseconds(1) else { return Attempt(result: .failure(.timedOut)) }
        guard let instance = directory.pick(M.service, avoiding: failed)
        else { return Attempt(result: .failure(.unreachable)) }
        let timeout = min(remaining, attemptTimeout)
        let envelope = Envelope(
            service: M.service, message: M.name, instance: instance.id,
            requestID: context.requestID, traceID: context.traceID,
            remaining: timeout.milliseconds, principal: context.principal, body: body)
        let result = await exchange(envelope, with: instance, timeout: timeout)
        return Attempt(instance: instance.id, result: result)
    }

    private func exchange(
        _ envelope: Envelope, with instance: ServiceInstance, timeout: Duration
    ) async -> Result<Answer, ClusterError> {
        do throws(TransportError) {
            let answer = try await transport.call(
                instance.address, Self.frame(envelope), timeout: timeout)
            let result = Self.read(answer)
            directory.release(instance.id, reached: result.isAnswered)
            return result
        } catch {
            directory.release(
                instance.id, reached: error == .cancelled || error == .saturated)
            return .failure(error.clusterError)
        }
    }

    private static func frame(_ envelope: Envelope) -> [UInt8] {
        do {
            return try BSONEncoder().encode(envelope)
        } catch {
            preconditionFailure("an envelope holds text, numbers and bytes only: \(error)")
        }
    }

    private static func read(_ frame: [UInt8]) -> Result<Answer, ClusterError> {
        let answer: Answer
        do {
            answer = try BSONDecoder().decode(Answer.self, from: frame)
        } catch {
            return .failure(.malformed)
        }
        guard answer.status == .failed else { return .success(answer) }
        // An error of a newer release is a failure like any other. A handler that was cancelled
        // although its caller still waits was cut off by the end of its own node.
        let error = answer.code.flatMap(ClusterError.init(rawValue:)) ?? .failed
        return .failure(error == .cancelled ? .outcomeUnknown : error)
    }

    private func encode<M: Message>(_ message: M) throws(CallFailure<M.Code>) -> [UInt8] {
        do {
            return try BSONEncoder().encode(message)
        } catch {
            throw .unknown(.malformed)
        }
    }

    private func decode<M: Message>(
        _ type: M.Type, _ answer: Answer
    ) throws(CallFailure<M.Code>) -> M.Reply {
        if answer.status == .refused {
            throw .refused(
                Refusal(rawCode: answer.code ?? "", parameters: answer.parameters ?? [:]))
        }
        do {
            return try BSONDecoder().decode(M.Reply.self, from: answer.body ?? [])
        } catch {
            throw .unknown(.malformed)
        }
    }
}

extension Result where Success == Answer, Failure == ClusterError {
    /// Whether the instance that was asked is there and willing.
    fileprivate var isAnswered: Bool {
        switch self {
        case .success: true
        case .failure(let error): error != .draining && error != .wrongInstance
        }
    }
}

extension TransportError {
    var clusterError: ClusterError {
        switch self {
        case .unreachable: .unreachable
        case .timedOut, .broken: .timedOut
        case .saturated: .overloaded
        case .cancelled: .cancelled
        }
    }
}
