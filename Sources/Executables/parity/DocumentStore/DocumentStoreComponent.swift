import ClusterSimulator
import MemoryAdapters
import MongoAdapters
import Platform
import Ports
import SQLiteAdapters

/// The document stores against MongoDB behind ``MongoDocumentStore``: the one of simulations, the
/// one in memory and the one on SQLite.
struct DocumentStoreComponent: Component {
    static let name = ComponentName.documentStore
    static let outcomes: [(operation: String, outcomes: [String])] = [
        ("commit", ["done", "conflict", "limit"]),
        ("page", ["rows", "rows and more", "none", "limit"]),
        ("documents", ["all", "some", "none", "limit"]),
    ]
    static let differences = [
        KnownDifference(
            "Operations follow one another.",
            because: "What commits at the same time is decided by a race; that one of them wins "
                + "is the conformance suite's to check."),
        KnownDifference(
            "No disk is full, nothing is corrupt and no server is away.",
            because: "These are faults; the drivers' own tests set them off on real servers."),
    ]
    static let sequenceLength = 200

    let mongo: MongoClients
    let servers: Servers
    let platform: Platform
    let plant: Plant?

    static func draw(_ draw: inout Draw) -> DocumentOperation { DocumentDraw.operation(&draw) }

    var laneCount: Int { 4 }

    func parts(in _: Int) -> [Part<DocumentOperation>] {
        [
            Part(name: "MongoDB", play: playMongo),
            Part(name: "SimulatedDatabase", play: playSimulated),
            Part(name: "MemoryDocumentStore") { operations in
                await DocumentPlayer(MemoryDocumentStore()).answers(to: operations)
            },
            Part(name: "SQLite", play: playSQLite),
        ]
    }

    private func playMongo(_ operations: [DocumentOperation]) async throws -> [Answer] {
        let database = "parity-\(ID<Self>(platform.random, for: "parity").text)"
        let store = try await MongoDocumentStore(database: database, clients: mongo)
        return await DocumentPlayer(store).answers(to: operations)
    }

    private func playSQLite(_ operations: [DocumentOperation]) async throws -> [Answer] {
        let folder = try await servers.makeFolder("sqlite")
        let name = ID<Self>(platform.random, for: "parity").text
        let store = try SQLiteDocumentStore(path: "\(folder)/\(name).db")
        let answers = await DocumentPlayer(store).answers(to: operations)
        try store.close()
        return answers
    }

    private func playSimulated(_ operations: [DocumentOperation]) throws -> [Answer] {
        try SimulatedPlay.answers { simulation, node in
            var store = SimulatedDatabase("database", simulation).store(for: node)
            if plant == .storeSkipsVerification { store = UnverifyingStore(store: store) }
            return await DocumentPlayer(store).answers(to: operations)
        }
    }
}
