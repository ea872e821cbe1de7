import ClusterNetwork
import MongoAdapters
import SQLiteAdapters

/// The document stores beside the drivers that they stand on.
enum StoreComparisons {
    private static let widths = [1, 16]
    /// What the design asks for.
    private static let ratioMinimum = 0.7
    /// Clients of MongoDB, as many as a pod has.
    private static let mongoClientCount = 4

    static func all(on servers: RealServers) -> [Comparison] {
        mongo(servers) + sqlite(servers)
    }

    private static func mongo(_ servers: RealServers) -> [Comparison] {
        let stand = Stand {
            let (uri, database) = (try await servers.start(.mongoDB), "bench")
            let threads = ThreadOffload(threadCount: mongoClientCount, waitingCountMaximum: 1024)
            let clients = try MongoClients(MongoConfiguration(uri: uri), offload: threads)
            let store = try await MongoDocumentStore(database: database, clients: clients)
            let contents = try StoreContents()
            try await contents.fill(store)
            let raw = try RawMongo(
                uri: uri, database: database, contents: contents, threadCount: widths.max() ?? 1)
            let foundCount = try await raw.run(.page, 1, 1)
            precondition(foundCount == StoreContents.pageCount, "both find the same page")
            return StorePair(store: store, raw: raw, contents: contents)
        }
        return comparisons("MongoDB", "MongoDocumentStore, 4 clients", stand) { _, width in
            "libmongoc, \(width) client\(width == 1 ? "" : "s")"
        }
    }

    private static func sqlite(_ servers: RealServers) -> [Comparison] {
        let stand = Stand {
            let folder = try await servers.makeFolder("sqlite")
            let contents = try StoreContents()
            let store = try SQLiteDocumentStore(path: "\(folder)/ours.sqlite")
            try await contents.fill(store)
            let copy = try SQLiteDocumentStore(path: "\(folder)/raw.sqlite")
            try await contents.fill(copy)
            try copy.close()
            let raw = try RawSQLite(path: "\(folder)/raw.sqlite", contents: contents)
            let byteCount = try await raw.run(.page, 1, 1)
            precondition(
                byteCount == StoreContents.pageCount * contents.body.count,
                "both find the same page")
            return StorePair(store: store, raw: raw, contents: contents)
        }
        return comparisons("SQLite", "SQLiteDocumentStore", stand) { work, width in
            work == .commit
                ? "SQLite, \(width) in a transaction"
                : "SQLite, \(RawSQLite.readerCount(for: width)) reading"
        }
    }

    private static func comparisons(
        _ server: String, _ ours: String, _ stand: Stand<StorePair>,
        peerName: (StoreWork, Int) -> String
    ) -> [Comparison] {
        StoreWork.allCases.flatMap { work in
            widths.map { width in
                Comparison(
                    name: "\(server): \(work.rawValue), \(width) in flight",
                    unit: work == .page ? "pages" : work == .get ? "documents" : "commits",
                    ours: Contender(name: ours) { count in
                        try await stand.value.run(work, count, width)
                    },
                    peers: [
                        Contender(name: peerName(work, width), ratioMinimum: ratioMinimum) {
                            count in try await stand.value.raw.run(work, count, width)
                        }
                    ], prepare: { try await stand.prepare() })
            }
        }
    }
}
