import ClusterNetwork
import Foundation
import Platform
import Ports

@testable import MongoAdapters

/// Stores on one server, each in a database of its own.
struct MongoFixture {
    let server: MongoServer
    let system = SystemPlatform(.init(offloadThreadCount: 4))

    init(_ server: MongoServer) { self.server = server }

    /// On the server that all tests share.
    init() throws { self.init(try MongoServer.shared.get()) }

    /// A name that no other test has.
    static func databaseName() -> String { "test-\(UUID().uuidString)" }

    func clients(
        _ change: (inout MongoConfiguration) -> Void = { _ in }
    ) throws -> MongoClients {
        var configuration = MongoConfiguration(uri: server.uri)
        change(&configuration)
        return try MongoClients(configuration, offload: system.offload)
    }

    func documentStore(_ database: String = databaseName()) async throws -> MongoDocumentStore {
        try await MongoDocumentStore(database: database, clients: try clients())
    }

    func blobStore(_ database: String = databaseName()) async throws -> MongoBlobStore {
        try await MongoBlobStore(
            database: database, clients: try clients(), platform: system.platform)
    }
}

extension DocumentKey {
    static func thing(_ id: String) -> Self { Self(collection: "things", id: id) }
}

extension DocumentWrite {
    static func put(
        _ id: String, _ body: [UInt8] = [1], expecting: Expectation = .anything,
        keys: [IndexEntry] = []
    ) -> Self {
        Self(.thing(id), expecting: expecting, .put(body: body, keys: keys))
    }
}
