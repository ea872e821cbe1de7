import ArgumentParser
import Cluster
import StarchairAPI
import StarchairAssembly

/// A service as the command line names it, with its place in the installation.
struct PodService: ExpressibleByArgument, Hashable {
    let name: ServiceName
    /// The port of its HTTP edge.
    let port: Int
    /// Where its routes begin.
    let prefix: String
    let database: String

    static let all: [PodService] = zip(Installation.services, places).map { service, place in
        PodService(
            name: service.name, port: place.port, prefix: place.prefix,
            database: service.database)
    }

    private static let places: [(port: Int, prefix: String)] = [
        (5001, "/api/user"), (5002, "/api/conference"), (5003, "/api/draft"),
        (5004, "/api/invitation"), (5005, "/api/discuss"), (5006, "/api/reviewProcess"),
        (5007, "/api/notification"),
    ]

    static var allValueStrings: [String] { all.map(\.name.text) }

    private init(name: ServiceName, port: Int, prefix: String, database: String) {
        self.name = name
        self.port = port
        self.prefix = prefix
        self.database = database
    }

    init?(argument: String) {
        guard let service = Self.all.first(where: { $0.name.text == argument }) else { return nil }
        self = service
    }
}
