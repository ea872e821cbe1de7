import Ports
import Synchronization

/// Commits that wait at the same time, written by one transaction.
///
/// Whoever comes first leads; whoever comes until its group is written joins the next one, whose
/// first commit then leads. So commits of one process never collide with each other.
final class CommitGroup: Sendable {
    /// Commits that may wait; a further one is unavailable.
    private static let waitingCountMaximum = 1024
    /// Commits in one transaction.
    private static let groupCountMaximum = 64
    /// Bytes of bodies in a transaction of more than one commit.
    private static let groupByteCountMaximum = 4 << 20

    private struct Commit: Sendable {
        let writes: [DocumentWrite]
        let continuation: CheckedContinuation<Turn, Never>

        var byteCount: Int {
            writes.reduce(0) { sum, write in
                if case .put(let body, _) = write.change { sum + body.count } else { sum }
            }
        }
    }

    /// What becomes of a commit that waited.
    private enum Turn {
        /// It writes the group that it is the first of.
        case leads([Commit])
        case ended(Result<Void, StoreError>)
    }

    private struct State {
        var isWriting = false
        var waiting: [Commit] = []
    }

    private let clients: MongoClients
    private let form: DocumentForm
    private let state = Mutex(State())

    init(_ clients: MongoClients, _ form: DocumentForm) {
        self.clients = clients
        self.form = form
    }

    /// Commits `writes`, and returns when a majority has them on disk.
    func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        let turn = await withCheckedContinuation { continuation in
            enter(Commit(writes: writes, continuation: continuation))
        }
        switch turn {
        case .ended(let result): try result.get()
        case .leads(let group): try await lead(group).get()
        }
    }

    private func enter(_ commit: Commit) {
        let turn: Turn? = state.withLock { state in
            guard state.isWriting else {
                state.isWriting = true
                return .leads([commit])
            }
            guard state.waiting.count < Self.waitingCountMaximum else {
                return .ended(.failure(.unavailable))
            }
            state.waiting.append(commit)
            return nil
        }
        if let turn { commit.continuation.resume(returning: turn) }
    }

    /// Writes the group, tells its other commits what became of them, and has the next one lead.
    private func lead(_ group: [Commit]) async -> Result<Void, StoreError> {
        let results = await write(group.map(\.writes))
        for (commit, result) in zip(group, results).dropFirst() {
            commit.continuation.resume(returning: .ended(result))
        }
        let isAway = results.allSatisfy { result in
            if case .failure(.unavailable) = result { true } else { false }
        }
        if isAway { giveUp() }
        passOn()
        return results[0]
    }

    /// Tells all who wait that there is no server, rather than to have each group find out.
    private func giveUp() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for commit in waiting {
            commit.continuation.resume(returning: .ended(.failure(.unavailable)))
        }
    }

    private func write(_ commits: [[DocumentWrite]]) async -> [Result<Void, StoreError>] {
        do throws(StoreError) {
            return try await clients.store("documents.commit") { [form] connection in
                GroupTransaction(connection: connection, form: form).run(commits)
            }
        } catch {
            return commits.map { _ in .failure(error) }
        }
    }

    private func passOn() {
        let group = state.withLock { state in
            let group = Array(Self.group(state.waiting))
            state.waiting.removeFirst(group.count)
            state.isWriting = !group.isEmpty
            return group
        }
        group.first?.continuation.resume(returning: .leads(group))
    }

    /// The first of those that wait, as many as one transaction takes, but at least one.
    private static func group(_ waiting: [Commit]) -> ArraySlice<Commit> {
        var writeCount = 0
        var byteCount = 0
        let count = waiting.prefix(groupCountMaximum).prefix { commit in
            writeCount += commit.writes.count
            byteCount += commit.byteCount
            return writeCount <= StoreLimits.batchCountMaximum
                && byteCount <= groupByteCountMaximum
        }.count
        return waiting.prefix(max(1, count))
    }
}
