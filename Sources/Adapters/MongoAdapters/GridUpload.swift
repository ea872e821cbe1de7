import Platform
import Ports

/// A file in the making in a ``MongoBlobStore``.
struct GridUpload: BlobUpload {
    private let upload: String
    private let incoming: IncomingChunks
    private let clients: MongoClients
    private let form: GridForm
    private let clock: any NodeClock

    init(_ upload: String, clients: MongoClients, form: GridForm, clock: any NodeClock) {
        self.upload = upload
        incoming = IncomingChunks(upload)
        self.clients = clients
        self.form = form
        self.clock = clock
    }

    func append(_ bytes: [UInt8]) async throws(StoreError) {
        if try incoming.keep(bytes) { return }
        try await files("blob.append") { [incoming] in try incoming.append(bytes, by: $0) }
    }

    func sync() async throws(StoreError) {
        try await files("blob.sync") { [incoming] in try incoming.sync(by: $0) }
    }

    func publish(_ id: BlobID) async throws(StoreError) {
        let moment = clock.now
        try await files("blob.publish") { [incoming] in
            try incoming.publish(id, at: moment, by: $0)
        }
    }

    func abandon() async {
        guard incoming.end() else { return }
        do throws(StoreError) {
            try await files("blob.abandon") { [upload] in try $0.clear(upload) }
        } catch {
            // What is left of it is swept when it is old.
            return
        }
    }

    private func files(
        _ name: StaticString, _ body: @escaping @Sendable (GridFiles) throws -> Void
    ) async throws(StoreError) {
        try await clients.store(name) { [form] in
            try body(GridFiles(connection: $0, form: form))
        }
    }
}
