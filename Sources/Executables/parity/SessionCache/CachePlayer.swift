import Platform
import Ports

/// Carries out operations on one cache, whichever it is.
struct CachePlayer {
    private let clients: [any SessionCache]
    private let clock: any NodeClock

    init(_ clients: [any SessionCache], _ clock: any NodeClock) {
        self.clients = clients
        self.clock = clock
    }

    func answers(to operations: [CacheOperation]) async -> [Answer] {
        var answers: [Answer] = []
        for operation in operations { answers.append(await answer(to: operation)) }
        return answers
    }

    private func answer(to operation: CacheOperation) async -> Answer {
        switch operation {
        case .get(let key, let client):
            do throws(CacheError) {
                guard let value = try await clients[client].value(for: key) else {
                    return Answer("get", "absent")
                }
                return Answer("get", value.isEmpty ? "found empty" : "found", "\(value)")
            } catch {
                return Answer("get", error: error)
            }
        case .set(let key, let value, let expiry, let client):
            return await done("set") { () async throws(CacheError) in
                try await clients[client].set(value, for: key, expiry: expiry)
            }
        case .remove(let key, let client):
            return await done("remove") { () async throws(CacheError) in
                try await clients[client].remove(key)
            }
        case .wait(let duration):
            do { try await clock.sleep(for: duration) } catch {
                return Answer("wait", error: error)
            }
            return Answer("wait", "done")
        }
    }

    private func done(
        _ operation: String, _ body: () async throws(CacheError) -> Void
    ) async -> Answer {
        do throws(CacheError) {
            try await body()
            return Answer(operation, "done")
        } catch {
            return Answer(operation, error: error)
        }
    }
}
