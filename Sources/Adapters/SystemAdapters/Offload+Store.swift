import Glibc
import Platform
import Ports

extension Offload {
    /// Runs blocking work of a store and gives its failure the store's words.
    func store<Value: Sendable>(
        _ name: StaticString, _ work: @escaping @Sendable () throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await run(name, work)
        } catch {
            throw StoreError(system: error)
        }
    }
}

extension StoreError {
    /// What a failed system call, or one that was not made, means: nothing was written.
    init(system error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as SystemCallError where [ENOSPC, EDQUOT].contains(error.code):
            self = .full
        default: self = .unavailable
        }
    }
}
