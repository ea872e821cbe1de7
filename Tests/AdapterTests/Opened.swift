/// The store that is open now, of those that were opened one after the other.
actor Opened<Store: Sendable> {
    private var store: Store
    private let reopening: @Sendable (Store) async throws -> Store

    init(_ store: Store, reopening: @escaping @Sendable (Store) async throws -> Store) {
        self.store = store
        self.reopening = reopening
    }

    /// Closes the store and opens the next.
    func reopen() async throws -> Store {
        store = try await reopening(store)
        return store
    }
}
