import ClusterSimulator
import MemoryAdapters
import MongoAdapters
import Platform
import Ports
import SystemAdapters

/// The blob stores against GridFS behind ``MongoBlobStore``: the one of simulations, the one in
/// memory and the one on files.
struct BlobStoreComponent: Component {
    static let name = ComponentName.blobStore
    static let outcomes: [(operation: String, outcomes: [String])] = [
        ("begin", ["done"]), ("append", ["done", "no upload", "unavailable"]),
        ("sync", ["done", "no upload", "unavailable"]),
        ("publish", ["done", "no upload", "unavailable"]), ("abandon", ["done", "no upload"]),
        ("read", ["bytes", "empty", "absent", "limit"]), ("remove", ["done"]),
        ("published", ["some", "none"]),
    ]
    static let differences = [
        KnownDifference(
            "The moment of publication is not compared.",
            because: "It is the store's clock, and the two sides run at different times."),
        KnownDifference(
            "No power fails.", because: "It is a fault of the simulation alone."),
        KnownDifference(
            "A name is published once.",
            because: "Names are random, as the port says; what a second publication under one "
                + "name would do is nobody's promise."),
    ]
    static let sequenceLength = 100

    let mongo: MongoClients
    let servers: Servers
    let platform: Platform
    let plant: Plant?

    static func draw(_ draw: inout Draw) -> BlobOperation { BlobDraw.operation(&draw) }

    var laneCount: Int { 4 }

    func parts(in _: Int) -> [Part<BlobOperation>] {
        [
            Part(name: "GridFS", play: playMongo),
            Part(name: "SimulatedFileServer", play: playSimulated),
            Part(name: "MemoryBlobStore") { [platform] operations in
                var player = BlobPlayer(MemoryBlobStore(clock: platform.clock))
                return await player.answers(to: operations)
            },
            Part(name: "files", play: playFiles),
        ]
    }

    private func playMongo(_ operations: [BlobOperation]) async throws -> [Answer] {
        let database = "parity-\(ID<Self>(platform.random, for: "parity").text)"
        var player = BlobPlayer(
            try await MongoBlobStore(database: database, clients: mongo, platform: platform))
        return await player.answers(to: operations)
    }

    private func playFiles(_ operations: [BlobOperation]) async throws -> [Answer] {
        let name = ID<Self>(platform.random, for: "parity").text
        let folder = try await servers.makeFolder("files-\(name)")
        var player = BlobPlayer(try FileBlobStore(folder: folder, platform: platform))
        return await player.answers(to: operations)
    }

    private func playSimulated(_ operations: [BlobOperation]) throws -> [Answer] {
        try SimulatedPlay.answers { simulation, node in
            var store = SimulatedFileServer("files", simulation).blobs(for: node)
            if plant == .filesEndEarly { store = EarlyEndingBlobs(store: store) }
            var player = BlobPlayer(store)
            return await player.answers(to: operations)
        }
    }
}
