import BSON

/// What a service answers to: its name and its handlers, each listed once.
public struct Service: Sendable {
    /// The service's name.
    public let name: ServiceName
    let handlers: [String: Handler]

    /// Describes a service by its handlers.
    ///
    /// - Precondition: all of them handle messages of this service, no two the same.
    public init(_ name: ServiceName, _ handlers: [Handler]) {
        precondition(handlers.allSatisfy { $0.service == name }, "a handler of another service")
        self.name = name
        self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.name, $0) })
    }
}

/// The handling of one kind of message: bytes in, answer out.
public struct Handler: Sendable {
    let service: ServiceName
    let name: String
    let answer: @Sendable ([UInt8], CallContext, OnDefect) async -> Answer

    /// Is told an error that no handler should throw.
    typealias OnDefect = @Sendable (any Error) -> Void

    /// Handles messages of type `M` by `body`.
    ///
    /// What `body` throws becomes the answer: a ``Refusal`` of the message's own code is a
    /// refusal; a ``ClusterErrorConvertible`` is what it says; anything else is a defect, which
    /// the node is told and the caller sees as ``ClusterError/failed``.
    public init<M: Message>(
        _ type: M.Type, _ body: @escaping @Sendable (M, CallContext) async throws -> M.Reply
    ) {
        service = M.service
        name = M.name
        answer = { bytes, context, onDefect in
            let message: M
            do {
                message = try BSONDecoder().decode(M.self, from: bytes)
            } catch {
                return .failed(.malformed)
            }
            do {
                let reply = try await body(message, context)
                return Answer(status: .done, body: try BSONEncoder().encode(reply))
            } catch let refusal as Refusal<M.Code> {
                return Answer(
                    status: .refused, code: refusal.rawCode, parameters: refusal.parameters)
            } catch let error as any ClusterErrorConvertible {
                return .failed(error.clusterError)
            } catch is CancellationError {
                return .failed(.cancelled)
            } catch {
                onDefect(error)
                return .failed(.failed)
            }
        }
    }
}

/// A reply that says nothing but that the message was carried out.
public struct Done: Codable, Hashable, Sendable {
    /// The reply.
    public init() {}
}
