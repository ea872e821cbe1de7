import Cluster

extension RegistryPlayer {
    /// Writes or removes a key under a condition; then the key is read, so that its index is
    /// known to whoever wants to change it as it was seen.
    func change(
        _ operation: RegistryOperation, _ method: HTTPRequestMessage.Method, _ key: Int,
        _ value: String, _ condition: RegistryOperation.Condition
    ) async throws -> Answer {
        let target = "/v1/kv/\(names.key(key))"
        let found = try await send(method, target + query(condition, of: key), value)
        let row = try await send(.get, target).json?.rows.first
        keyIndexes[key] = row?["ModifyIndex"]?.number
        let outcome = found.status == 200 ? String(decoding: found.body, as: UTF8.self) : ""
        return Answer(
            operation.kind, found.status == 200 ? outcome.filter(\.isLetter) : "\(found.status)",
            found.text(names))
    }

    private func query(_ condition: RegistryOperation.Condition, of key: Int) -> String {
        switch condition {
        case .none: ""
        case .unseen: "?cas=0"
        case .seen: "?cas=\(keyIndexes[key] ?? 0)"
        case .wrong: "?cas=1"
        case .acquire(let slot): "?acquire=\(names.session(slot))"
        case .release(let slot): "?release=\(names.session(slot))"
        }
    }

    /// Lets the delay of a lock end whose session was destroyed.
    func outwaitLock() async throws -> Answer {
        let target = "/v1/kv/\(names.key(9))"
        var words: [String] = []
        let first = try await lockSession()
        words.append(try await send(.put, target + "?acquire=\(first)", "1").text(names))
        _ = try await send(.put, "/v1/session/destroy/\(first)")
        let second = try await lockSession()
        words.append(try await send(.put, target + "?acquire=\(second)", "2").text(names))
        try await platform.clock.sleep(for: .milliseconds(1300))
        words.append(try await send(.put, target + "?acquire=\(second)", "3").text(names))
        _ = try await send(.put, target + "?release=\(second)", "4")
        _ = try await send(.put, "/v1/session/destroy/\(second)")
        return Answer("outwait lock", "done", words.joined(separator: " "))
    }

    private func lockSession() async throws -> String {
        let body = #"{"Name": "lock", "LockDelay": "1s"}"#
        let id = try await send(.put, "/v1/session/create", body).json?["ID"]?.text ?? ""
        names.note(id)
        return id
    }
}
