import Foundation

/// The instances that Consul knows of the system's services.
struct RegistrySurvey: Sendable {
    struct Instance: Hashable, Sendable {
        /// Where other services reach it, without the port.
        let address: String
        /// Where it answers over HTTP, as `address:port`, if it says so.
        let http: String?
        let isPassing: Bool
    }

    private(set) var instances: [String: [Instance]] = [:]

    /// The key of an instance's metadata under which it says where it answers over HTTP.
    static let httpKey = "http"

    private struct Row: Decodable {
        struct Service: Decodable {
            var address: String
            var meta: [String: String]?

            enum CodingKeys: String, CodingKey {
                case address = "Address"
                case meta = "Meta"
            }
        }

        struct Check: Decodable {
            var status: String

            enum CodingKeys: String, CodingKey { case status = "Status" }
        }

        var service: Service
        var checks: [Check]

        enum CodingKeys: String, CodingKey {
            case service = "Service"
            case checks = "Checks"
        }
    }

    /// Asks the agent at `host`, blocking the thread.
    init(host: String, port: Int) throws {
        for service in ClusterService.all {
            let answer = try HTTPQuestion.get(
                "/v1/health/service/\(service.name)", host: host, port: port)
            guard answer.status == 200 else { throw SocketConversation.Broken() }
            try read(answer.body, of: service.name)
        }
    }

    /// Knows nothing yet.
    init() {}

    /// Takes Consul's answer about one service.
    mutating func read(_ answer: [UInt8], of service: String) throws {
        instances[service] = try JSONDecoder().decode([Row].self, from: Data(answer)).map { row in
            Instance(
                address: row.service.address, http: row.service.meta?[Self.httpKey],
                isPassing: row.checks.allSatisfy { $0.status == "passing" })
        }
    }

    /// Where the passing instances of each service answer over HTTP.
    var gatewayInstances: [String: [String]] {
        instances.mapValues { list in
            Set(list.filter(\.isPassing).compactMap(\.http)).sorted()
        }
    }

    /// What the registry says of the instance at an address. One that started again is there
    /// twice for a while, as every start has an id of its own.
    func standing(of service: String, at address: String) -> RegistryStanding {
        let found = (instances[service] ?? []).filter { $0.address == address }
        if found.isEmpty { return .absent }
        return found.contains(where: \.isPassing) ? .passing : .critical
    }
}

/// What the registry says of an instance.
public enum RegistryStanding: String, Codable, Sendable {
    case passing, critical, absent
}
