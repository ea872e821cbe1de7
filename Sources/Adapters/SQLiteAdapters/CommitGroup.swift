import GRDB
import Ports
import Synchronization

/// Commits that wait at the same time, written by one transaction.
///
/// The first to wait asks for the writer; whoever arrives until the writer is free joins it.
final class CommitGroup: Sendable {
    /// Commits that may wait; a further one is refused as unavailable.
    private static let waitingCountMaximum = 1024
    /// Commits in one transaction.
    private static let groupCountMaximum = 64

    private struct Commit: Sendable {
        let writes: [DocumentWrite]
        let continuation: CheckedContinuation<Result<Void, StoreError>, Never>
    }

    private enum Admission {
        case leads, joins, refused
    }

    private let writer: DatabaseQueue
    private let waiting = Mutex<[Commit]>([])

    init(_ writer: DatabaseQueue) { self.writer = writer }

    /// Commits `writes`, and returns when they are on disk.
    func commit(_ writes: [DocumentWrite]) async throws(StoreError) {
        let result = await withCheckedContinuation { continuation in
            switch admit(Commit(writes: writes, continuation: continuation)) {
            case .leads: askForWriter()
            case .joins: break
            case .refused: continuation.resume(returning: .failure(.unavailable))
            }
        }
        try result.get()
    }

    private func admit(_ commit: Commit) -> Admission {
        waiting.withLock { waiting in
            guard waiting.count < Self.waitingCountMaximum else { return .refused }
            waiting.append(commit)
            return waiting.count == 1 ? .leads : .joins
        }
    }

    private func askForWriter() {
        writer.asyncWriteWithoutTransaction { db in
            let (group, isMore) = self.waiting.withLock { waiting in
                let group = Array(waiting.prefix(Self.groupCountMaximum))
                waiting.removeFirst(group.count)
                return (group, !waiting.isEmpty)
            }
            if isMore { self.askForWriter() }
            let results = GroupTransaction(db).run(group.map(\.writes))
            for (commit, result) in zip(group, results) {
                commit.continuation.resume(returning: result)
            }
        }
    }
}
