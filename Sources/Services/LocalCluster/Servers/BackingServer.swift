/// A server that the system stands on when it is more than one process.
public enum BackingServer: String, CaseIterable, Codable, Sendable {
    // RabbitMQ takes longest to start, so it is first wherever order matters.
    case rabbitMQ = "rabbitmq"
    case mongoDB = "mongodb"
    case consul
    case redis
    case nginx

    /// The name of the replica set that the MongoDB server is.
    public static let replicaSet = "rs0"

    /// The ports on which a server listens that has an address of its own. Clients use the first.
    var usualPorts: [Int] {
        switch self {
        case .rabbitMQ: [5672, 25672, 4369]
        case .mongoDB: [27017]
        case .consul: [8500, 8300, 8301]
        case .redis: [6379]
        case .nginx: [8080]
        }
    }

    /// How its clients are told where it is.
    func url(_ site: ServerSite) -> String {
        let (place, secrets) = ("\(site.address):\(site.ports[0])", site.secrets)
        return switch self {
        case .rabbitMQ: "amqp://\(secrets.rabbitMQUser):\(secrets.rabbitMQPassword)@\(place)/"
        case .mongoDB: "mongodb://\(place)/?replicaSet=\(Self.replicaSet)"
        case .consul: place
        case .redis: "redis://:\(secrets.redisPassword)@\(place)"
        case .nginx: "http://\(place)"
        }
    }

    /// What runs it there, and how it is known that it is ready.
    func plan(_ site: ServerSite, _ programs: ServerPrograms) throws -> ServerPlan {
        switch self {
        case .rabbitMQ: try .rabbitMQ(site, programs)
        case .mongoDB: try .mongoDB(site, programs)
        case .consul: try .consul(site, programs)
        case .redis: try .redis(site, programs)
        case .nginx: try .nginx(site, programs)
        }
    }
}
