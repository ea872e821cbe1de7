import Cluster
import ClusterNetwork
import Foundation
import MongoAdapters
import Platform
import Ports
import SQLiteAdapters
import StarchairAPI
import StarchairAssembly
import SystemAdapters

/// The stores of an installation, opened to be read.
struct StoredInstallation {
    let stores: [ServiceName: any DocumentStore]
    let blobs: any BlobStore
    let close: () async -> Void

    /// The store of a service.
    func store(_ name: ServiceName) -> any DocumentStore {
        guard let store = stores[name] else { preconditionFailure("\(name.text) has a store") }
        return store
    }

    /// Those of a cluster, on MongoDB.
    static func ofCluster(
        _ configuration: PodConfiguration, _ platform: Platform
    ) async throws -> StoredInstallation {
        let threads = ThreadOffload(threadCount: 4, waitingCountMaximum: 256)
        do {
            let clients = try MongoClients(.init(uri: configuration.mongoDB), offload: threads)
            var stores: [ServiceName: any DocumentStore] = [:]
            for (name, database) in Installation.services {
                stores[name] = try await MongoDocumentStore(database: database, clients: clients)
            }
            let blobs = try await MongoBlobStore(
                database: "files", clients: clients, platform: platform)
            return StoredInstallation(stores: stores, blobs: blobs) { await threads.shutDown() }
        } catch {
            await threads.shutDown()
            throw Failure("the cluster's MongoDB cannot be read: \(error)")
        }
    }

    /// Those of a data folder that nobody serves.
    static func ofFolder(
        _ folder: DataFolder, _ platform: Platform
    ) throws -> StoredInstallation {
        do {
            var opened: [SQLiteDocumentStore] = []
            var stores: [ServiceName: any DocumentStore] = [:]
            for (name, file) in Installation.services {
                let store = try SQLiteDocumentStore(path: "\(folder.path)/\(file).sqlite")
                opened.append(store)
                stores[name] = store
            }
            let blobs = try FileBlobStore(folder: "\(folder.path)/files", platform: platform)
            return StoredInstallation(stores: stores, blobs: blobs) { [opened] in
                for store in opened {
                    do { try store.close() } catch {
                        Terminal.warn("a store did not close: \(error)")
                    }
                }
            }
        } catch {
            throw Failure("the data in \(folder.path) cannot be read: \(error)")
        }
    }
}
