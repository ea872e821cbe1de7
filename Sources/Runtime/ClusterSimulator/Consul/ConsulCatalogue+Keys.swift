extension ConsulCatalogue {
    /// Under which condition a key is written.
    enum Condition: Hashable {
        case none
        /// It has this index of modification; 0: it is not there.
        case unchanged(since: UInt64)
        /// Nobody else holds it; the session will.
        case acquire(String)
        /// The session holds it, and then does not.
        case release(String)
    }

    /// Writes a key; false when the condition does not hold.
    ///
    /// Locks bind only those who ask for them: a plain write succeeds and resets the lock index.
    mutating func put(
        _ key: String, _ value: [UInt8], flags: Int64 = 0, if condition: Condition
    ) -> Bool {
        let known = entries[key]
        var entry = known ?? newEntry(key)
        (entry.value, entry.flags) = (value, flags)
        switch condition {
        case .none: entry.lockIndex = 0
        case .unchanged(let since):
            guard since == known?.modifyIndex ?? 0 else { return false }
            entry.lockIndex = 0
        case .acquire(let session):
            guard known?.session == nil || known?.session == session else { return false }
            if known?.session == nil { entry.lockIndex += 1 }
            entry.session = session
        case .release(let session):
            guard let known, known.session == session else { return false }
            entry.session = nil
        }
        if entry != known { store(entry) }
        return true
    }

    /// Removes a key; false when it has another index of modification than asked for.
    mutating func delete(_ key: String, ifUnchangedSince index: UInt64? = nil) -> Bool {
        guard let known = entries[key] else { return true }
        if let index, index != known.modifyIndex { return false }
        entries[key] = nil
        touch(.keys)
        touch(.key(key))
        return true
    }

    /// Removes a session and gives up what it held, in order of keys.
    mutating func removeSession(_ id: String) -> [String] {
        guard let session = sessions.removeValue(forKey: id) else { return [] }
        touch(.sessions)
        let held = entries.values.filter { $0.session == id }.sorted { $0.key < $1.key }
        for var entry in held {
            if session.deletesKeys {
                _ = delete(entry.key)
            } else {
                entry.session = nil
                store(entry)
            }
        }
        return held.map(\.key)
    }

    mutating func addSession(_ session: ConsulSession) {
        sessions[session.id] = session
        touch(.sessions)
    }

    private func newEntry(_ key: String) -> ConsulEntry {
        ConsulEntry(key: key, value: [], createIndex: index, modifyIndex: index)
    }

    private mutating func store(_ entry: ConsulEntry) {
        entries[entry.key] = entry
        entries[entry.key]?.modifyIndex = index
        touch(.keys)
        touch(.key(entry.key))
    }
}
