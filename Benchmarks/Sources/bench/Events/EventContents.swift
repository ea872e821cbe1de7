import Foundation
import Ports
import RabbitMQAdapter

/// What is published, and how much of it may be in a consumer's hands.
enum EventContents {
    static let sender = "conference"
    static let payload = [UInt8](repeating: UInt8(ascii: "e"), count: 200)
    static let prefetchMaximum = 64
    /// Each contender has its own queue, declared alike by the bus.
    static let ours: QueueName = "ours"
    static let raw: QueueName = "raw"

    static func id(_ number: Int) -> String { "event-\(number)" }

    static var event: BusEvent { BusEvent(id: id(1), sender: sender, payload: payload) }
}

/// Where RabbitMQ is, and whom it takes us for.
struct RabbitMQPlace: Sendable {
    let host: String
    let port: Int
    let user: String
    let password: String

    /// Reads `amqp://user:password@host:port/`.
    init(_ text: String) throws {
        guard let parts = URLComponents(string: text), let host = parts.host,
            let port = parts.port, let user = parts.user, let password = parts.password
        else { throw PeerFailure("'\(text)' is no address of RabbitMQ") }
        (self.host, self.port, self.user, self.password) = (host, port, user, password)
    }

    var configuration: RabbitMQConfiguration {
        var configuration = RabbitMQConfiguration(
            host: host, credentials: RabbitMQCredentials(user: user, password: password))
        configuration.port = port
        return configuration
    }
}
