/// The bounds as every store checks them, before it does anything.
extension StoreLimits {
    /// Throws the bound that these writes break.
    public static func check(_ writes: [DocumentWrite]) throws(StoreError) {
        guard writes.count <= batchCountMaximum else {
            throw .limit("a commit has at most \(batchCountMaximum) writes")
        }
        var seen: Set<[UInt8]> = []
        for write in writes {
            try check(name: write.key.collection)
            try check(name: write.key.id)
            guard seen.insert(Array("\(write.key.collection)\0\(write.key.id)".utf8)).inserted
            else { throw .limit("a commit writes a document once") }
            if case .put(let body, let keys) = write.change { try check(body, keys) }
        }
    }

    /// Throws the bound that this question breaks.
    public static func check(_ query: IndexQuery) throws(StoreError) {
        try check(name: query.collection)
        try check(name: query.index)
        guard (1...pageCountMaximum).contains(query.limit) else {
            throw .limit("a page has 1 to \(pageCountMaximum) rows")
        }
        try check(keyBytes: query.prefix.bytes)
        if let after = query.after { try check(keyBytes: after.keyBytes) }
    }

    /// Throws the bound that a read of these documents breaks.
    public static func check(_ ids: [String], in collection: String) throws(StoreError) {
        guard ids.count <= batchCountMaximum else {
            throw .limit("a read has at most \(batchCountMaximum) documents")
        }
        try check(name: collection)
        for id in ids { try check(name: id) }
    }

    private static func check(_ body: [UInt8], _ keys: [IndexEntry]) throws(StoreError) {
        guard body.count <= documentByteCountMaximum else {
            throw .limit("a document's body has at most \(documentByteCountMaximum) bytes")
        }
        guard keys.count <= keyCountMaximum else {
            throw .limit("a document has at most \(keyCountMaximum) keys")
        }
        for entry in keys {
            try check(name: entry.index)
            try check(keyBytes: entry.key.bytes)
        }
    }

    private static func check(keyBytes: [UInt8]) throws(StoreError) {
        guard keyBytes.count <= keyByteCountMaximum else {
            throw .limit("a key has at most \(keyByteCountMaximum) bytes")
        }
    }

    /// Stores written in C end a text at its first NUL, so none may hold one.
    private static func check(name: String) throws(StoreError) {
        guard !name.utf8.contains(0) else { throw .limit("a name contains no NUL") }
    }
}
