import Cluster
import Platform

/// Asks for a greeting.
struct Greet: Message, Hashable {
    struct Greeting: Codable, Hashable, Sendable {
        var text: String
    }

    enum Code: String, RefusalCode {
        case tooLoud, unwelcome
    }

    typealias Reply = Greeting
    static let service: ServiceName = "greeter"
    static let name = "greet"
    static let kind = MessageKind.query

    var name = "Ada"
}

/// A message that the greeter's present release does not know.
struct Wave: Message {
    typealias Reply = Done
    typealias Code = NoRefusal
    static let service: ServiceName = "greeter"
    static let name = "wave"
    static let kind = MessageKind.command
}

/// How a call ended, in a form that can be compared.
enum CallEnd: Hashable, Sendable {
    case done(String)
    case refused(String, known: Bool, [String: String])
    case unknown(ClusterError)
}

extension ClusterClient {
    /// Asks for a greeting and says how that ended.
    func greet(
        _ message: Greet = Greet(), requestID: RequestID? = nil, timeout: Duration = .seconds(10)
    ) async -> CallEnd {
        await end(of: message, context(.anonymous, requestID: requestID, timeout: timeout))
    }

    /// Sends a greeting under a context and says how that ended.
    func end(of message: Greet, _ context: CallContext) async -> CallEnd {
        do throws(CallFailure<Greet.Code>) {
            return .done(try await call(message, context).text)
        } catch {
            switch error {
            case .refused(let refusal):
                return .refused(
                    refusal.rawCode, known: refusal.code != nil, refusal.parameters)
            case .unknown(let error): return .unknown(error)
            }
        }
    }
}

/// A service of greeters.
func greeter(
    _ greet: @escaping @Sendable (Greet, CallContext) async throws -> String = { message, _ in
        "Hello, \(message.name)"
    }
) -> Service {
    Service(
        Greet.service,
        [Handler(Greet.self) { .init(text: try await greet($0, $1)) }])
}
