import CMongo

/// What libmongoc or the server said instead of doing what it was asked.
struct MongoFailure: Error, Hashable {
    /// Where the error comes from, one of `mongoc_error_domain_t`.
    let domain: UInt32
    /// The server's code, or libmongoc's in its other domains.
    let code: UInt32
    let message: String
    /// Nothing of the transaction was written; the whole of it may be tried again.
    var isTransient = false
    /// The transaction may have been committed; its commit may be tried again.
    var isUnknownCommit = false

    init(_ error: bson_error_t, reply: OpaquePointer?) {
        domain = error.domain
        code = error.code
        message = withUnsafeBytes(of: error.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard let reply else { return }
        isTransient = mongoc_error_has_label(reply, "TransientTransactionError")
        isUnknownCommit = mongoc_error_has_label(reply, "UnknownTransactionCommitResult")
    }

    /// A failed statement of a command that succeeded as a whole.
    init(statementCode: Int64, message: String) {
        domain = MONGOC_ERROR_SERVER.rawValue
        code = UInt32(truncatingIfNeeded: statementCode)
        self.message = message
        isTransient = [ServerCode.duplicateKey, ServerCode.writeConflict].contains(code)
    }

    /// Whether no primary was found in time.
    var isSelection: Bool { domain == MONGOC_ERROR_SERVER_SELECTION.rawValue }

    /// Whether the server was reached and does not want what it was asked, now or later.
    var isRefusal: Bool {
        domain == MONGOC_ERROR_SERVER.rawValue && !isTransient && !isUnknownCommit
            && !ServerCode.passing.contains(code)
    }

    /// Whether the server said this, and not the way to it.
    func isServer(_ code: UInt32) -> Bool {
        self.code == code
            && [MONGOC_ERROR_SERVER.rawValue, MONGOC_ERROR_WRITE_CONCERN.rawValue]
                .contains(domain)
    }
}
