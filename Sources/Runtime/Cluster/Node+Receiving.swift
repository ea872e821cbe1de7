import BSON
import Platform

extension Node {
    /// The answer of a node that is gone.
    static let unlistened = encode(.failed(.draining))

    /// Answers a frame: the service's handler if it may still be begun, an error otherwise.
    func receive(_ frame: [UInt8]) async -> [UInt8] {
        let answer = Self.encode(await answer(frame))
        // A reply that is too large for the wire is a defect of the service, not of the caller.
        guard answer.count <= FrameLimits.frameByteCountMaximum else {
            return Self.encode(.failed(.failed))
        }
        return answer
    }

    private func answer(_ frame: [UInt8]) async -> Answer {
        guard frame.count <= FrameLimits.frameByteCountMaximum else { return .failed(.malformed) }
        let envelope: Envelope
        do {
            envelope = try BSONDecoder().decode(Envelope.self, from: frame)
        } catch {
            return .failed(.malformed)
        }
        guard envelope.form == Envelope.currentForm else { return .failed(.malformed) }
        guard envelope.remaining > 0 else { return .failed(.timedOut) }
        let handler: Handler
        switch admit(envelope) {
        case .failure(let error): return .failed(error)
        case .success(let found): handler = found
        }
        defer { state.withLock { $0.hosted[envelope.service]?.callsInFlight -= 1 } }
        let begin = platform.clock.uptime
        let context = CallContext(
            principal: envelope.principal, requestID: envelope.requestID,
            traceID: envelope.traceID, deadline: begin + .milliseconds(envelope.remaining))
        let answer = await handler.answer(envelope.body, context) { [configuration] error in
            configuration.onDefect(
                Defect(service: envelope.service, message: envelope.message, error: error))
        }
        configuration.onAnswered(
            AnsweredCall(
                service: envelope.service, message: envelope.message, outcome: answer.outcome,
                duration: platform.clock.uptime - begin))
        return answer
    }

    /// Counts a call in, unless the node cannot or should not begin it.
    private func admit(_ envelope: Envelope) -> Result<Handler, ClusterError> {
        state.withLock { state in
            guard state.phase == .serving || state.phase == .leaving else {
                return .failure(.draining)
            }
            guard let hosted = state.hosted[envelope.service],
                hosted.instance.id == envelope.instance
            else { return .failure(.wrongInstance) }
            guard let handler = hosted.service.handlers[envelope.message]
            else { return .failure(.unknownMessage) }
            guard hosted.callsInFlight < configuration.mailboxCountMaximum
            else { return .failure(.overloaded) }
            state.hosted[envelope.service]?.callsInFlight += 1
            return .success(handler)
        }
    }

    private static func encode(_ answer: Answer) -> [UInt8] {
        do {
            return try BSONEncoder().encode(answer)
        } catch {
            preconditionFailure("an answer holds text and bytes only: \(error)")
        }
    }
}
