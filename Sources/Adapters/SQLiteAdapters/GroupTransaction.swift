import GRDB
import Ports

/// Writes several commits by one transaction, each of which succeeds or fails alone.
struct GroupTransaction {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Applies the commits in order and gives the result of each.
    ///
    /// An error before `COMMIT` leaves nothing of the group behind; then each commit is tried in
    /// a transaction of its own, so that one that does not fit the disk spoils no other.
    func run(_ commits: [[DocumentWrite]]) -> [Result<Void, StoreError>] {
        do {
            return try runTogether(commits)
        } catch .outcomeUnknown {
            return commits.map { _ in .failure(.outcomeUnknown) }
        } catch {
            guard commits.count > 1 else { return [.failure(error)] }
            return commits.flatMap { run([$0]) }
        }
    }

    private func runTogether(
        _ commits: [[DocumentWrite]]
    ) throws(StoreError) -> [Result<Void, StoreError>] {
        var results: [Result<Void, StoreError>] = []
        var isCommitting = false
        do {
            try db.inTransaction(.immediate) {
                results = try commits.map(apply)
                isCommitting = true
                return .commit
            }
            return results
        } catch {
            throw isCommitting ? StoreError(commit: error) : StoreError(sqlite: error)
        }
    }

    /// A conflict shows before anything is written, so the transaction goes on without it.
    private func apply(_ writes: [DocumentWrite]) throws -> Result<Void, StoreError> {
        let statements = DocumentStatements(db)
        var versions: [Int64?] = []
        for write in writes {
            let version = try statements.version(of: write.key)
            guard write.expecting.allows(version) else {
                return .failure(.conflict(write.key))
            }
            versions.append(version)
        }
        for (write, version) in zip(writes, versions) {
            try statements.apply(write.change, to: write.key, version: version)
        }
        return .success(())
    }
}

extension DocumentWrite.Expectation {
    /// Whether a document of this version, nil when it does not exist, is as expected.
    fileprivate func allows(_ version: Int64?) -> Bool {
        switch self {
        case .absent: version == nil
        case .version(let expected): version == expected
        case .anything: true
        }
    }
}
