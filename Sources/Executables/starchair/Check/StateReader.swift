import Cluster
import Foundation
import Platform
import Ports
import StarchairAPI
import Trials

/// Reads all of an installation's stores that is judged.
struct StateReader {
    let installation: StoredInstallation
    let clock: any NodeClock

    /// Documents read at once.
    static let batchCount = 200
    /// Bytes of a content read at once.
    static let contentByteCount = 256 << 10
    /// How old a content that nobody names may be: younger ones wait for their document, or for
    /// the sweep, which runs now and then.
    static let orphanAge = Duration.seconds(27 * 3600)
    /// How long a receiver surely remembers an event, from its delivery on.
    static let memory = Duration.seconds(20 * 3600)
    /// How long a delivered row is kept.
    static let retention = Duration.seconds(7 * 24 * 3600)

    /// Everything, once.
    func read() async throws -> StoredState {
        var state = StoredState()
        try await readConferences(&state)
        try await readSubmissions(&state)
        try await readContents(&state)
        try await readReviews(&state)
        try await readInboxes(&state)
        try await readOutboxes(&state)
        return state
    }

    private func readConferences(_ state: inout StoredState) async throws {
        let (conferences, invitations, users) = (
            installation.store(.conference), installation.store(.invitation),
            installation.store(.user)
        )
        state.conferences = try await all("standing", of: "conferences", in: conferences).map(\.1)
        state.members = try await all("conference", of: "members", in: conferences).map(\.1)
        state.invitations = try await all("sent", of: "invitations", in: invitations).map(\.1)
        let addresses = state.invitations.filter(\.makesChair).map(\.email.text)
        state.claims = try await some(addresses, of: "addresses", in: users)
    }

    private func readSubmissions(_ state: inout StoredState) async throws {
        let store = installation.store(.draft)
        state.submissions = try await all("conference", of: "submissions", in: store).map(\.1)
        state.numbers = try await some(
            state.conferences.map(\.id.text), of: "numbers", in: store)
        state.files = try await some(state.submissions.map(\.file.text), of: "files", in: store)
        state.unusedFiles = try await all("age", of: "files", in: store).map(\.1)
        state.conflictLists = try await some(
            state.submissions.map(\.id.text), of: "conflictLists", in: store)
    }

    private func readContents(_ state: inout StoredState) async throws {
        let files = state.files.values.sorted { $0.id < $1.id } + state.unusedFiles
        for file in files {
            guard let blob = BlobID(file.blob.text) else { continue }
            state.contents[blob.text] = try await content(of: blob)
        }
        let oldest = clock.now - Self.orphanAge
        var last: BlobID?
        while true {
            let page = try await installation.blobs.published(
                after: last, limit: Self.batchCount)
            guard let end = page.last else { return }
            for blob in page where state.contents[blob.id.text] == nil {
                if blob.publishedAt < oldest {
                    state.orphans.append(blob.id.text)
                } else {
                    state.namelessCount += 1
                }
            }
            last = end.id
        }
    }

    /// The whole of a content, hashed; nil when it is not there.
    private func content(of blob: BlobID) async throws -> StoredState.Content? {
        var hash = ContentHash()
        while true {
            let bytes = try await installation.blobs.read(
                blob, from: hash.byteCount, byteCount: Self.contentByteCount)
            guard let bytes else { return nil }
            if bytes.isEmpty { return hash.content }
            hash.add(bytes)
        }
    }

    private func readReviews(_ state: inout StoredState) async throws {
        let store = installation.store(.reviewProcess)
        state.dossiers = try await all("conference", of: "dossiers", in: store).map(\.1)
        let reviews = state.dossiers.flatMap { $0.begunReviews.map(\.text) }
        state.reviews = try await some(reviews, of: "reviews", in: store)
        let texts = state.reviews.values.flatMap(\.textIDs).sorted()
        for ids in batches(of: texts) {
            state.texts.formUnion(try await store.documents(ids, in: "reviewTexts").keys)
        }
        state.releases = try await some(
            state.conferences.map(\.id.text), of: "releases", in: store)
    }

    private func readInboxes(_ state: inout StoredState) async throws {
        let store = installation.store(.notification)
        state.notifications = try await all("inbox", of: "notifications", in: store).map(\.1)
        let receivers = Set(state.notifications.map(\.receiver.text)).sorted()
        state.inboxes = try await some(receivers, of: "inboxes", in: store)
    }

    private func readOutboxes(_ state: inout StoredState) async throws {
        for (name, store) in installation.stores.sorted(by: { $0.key.text < $1.key.text }) {
            let waiting: [(String, StoredState.OutboxRow)] = try await all(
                "due", of: "outbox", in: store)
            state.waiting[name.text] = waiting.count
            state.deadLetters[name.text] = try await all("dead", of: "outbox", in: store).map(\.1)
            try await readEvents(of: name, store, &state)
        }
    }

    /// Whether the receiver knows of everything that was given to the bus lately.
    private func readEvents(
        of sender: ServiceName, _ store: any DocumentStore, _ state: inout StoredState
    ) async throws {
        let delivered: [(String, StoredState.OutboxRow)] = try await all(
            "expiry", of: "outbox", in: store)
        let from = clock.now + Self.retention - Self.memory
        let events = delivered.filter {
            $0.1.consumer == QueueName.notifications.text && $0.1.expires.map { $0 > from } ?? false
        }.map(\.0)
        let principal = Principal(.service(sender)).subject.text
        for ids in batches(of: events) {
            let known = try await installation.store(.notification).documents(
                ids.map { "\(principal)/\($0)" }, in: "idempotency")
            state.lostEvents += ids.filter { known["\(principal)/\($0)"] == nil }
        }
        state.eventCount += events.count
    }

    /// All documents of a collection that stand in an index, with their ids, each once.
    private func all<Value: Codable & Sendable>(
        _ index: String, of collection: String, in store: any DocumentStore
    ) async throws -> [(String, Value)] {
        let collection = DocumentCollection<Value>(collection)
        var (values, after) = ([(String, Value)](), PageCursor?.none)
        repeat {
            let page = try await store.page(
                index, in: collection, prefix: [], after: after, limit: Self.batchCount)
            values += page.items.map { ($0.id, $0.value) }
            after = page.next
        } while after != nil
        return values
    }

    /// The documents of these ids that are there.
    private func some<Value: Codable & Sendable>(
        _ ids: [String], of collection: String, in store: any DocumentStore
    ) async throws -> [String: Value] {
        let collection = DocumentCollection<Value>(collection)
        var values: [String: Value] = [:]
        for batch in batches(of: ids) {
            let read = try await store.read(batch, in: collection)
            values.merge(read.mapValues(\.value)) { $1 }
        }
        return values
    }

    private func batches(of ids: [String]) -> [[String]] {
        let ids = Set(ids).sorted()
        return stride(from: 0, to: ids.count, by: Self.batchCount).map {
            Array(ids[$0..<min($0 + Self.batchCount, ids.count)])
        }
    }
}
