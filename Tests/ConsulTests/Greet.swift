import Cluster
import Platform

/// Asks for a greeting.
struct Greet: Message, Hashable {
    struct Greeting: Codable, Hashable, Sendable {
        var text: String
    }

    typealias Reply = Greeting
    typealias Code = NoRefusal
    static let service: ServiceName = "greeter"
    static let name = "greet"
    static let kind = MessageKind.query
}

extension ServiceInstance {
    /// A greeter.
    static func greeter(_ id: InstanceID, at address: Address = "host:80") -> ServiceInstance {
        ServiceInstance(id: id, service: Greet.service, address: address)
    }
}
