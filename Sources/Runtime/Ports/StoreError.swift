/// What a store, a blob store or an outbox may answer instead.
public enum StoreError: Error, Hashable, Sendable {
    /// The document was not as the commit expected; nothing was written.
    case conflict(DocumentKey)
    /// The commit may or may not have happened; ask again under the same request id.
    case outcomeUnknown
    /// The store cannot be reached or cannot answer now; nothing was written.
    case unavailable
    /// The disk is full; nothing was written.
    case full
    /// What was asked breaks a bound of ``StoreLimits``; the text names it.
    case limit(String)
    /// What is stored cannot be read; the text says where.
    case corrupt(String)
}
