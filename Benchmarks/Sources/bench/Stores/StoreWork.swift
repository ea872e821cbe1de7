import Ports

/// What is asked of a document store.
enum StoreWork: String, CaseIterable {
    case get = "get a document by its key"
    case page = "a page of 20 of 10,000 by an index"
    case commit = "commit a put"
}

/// A store without an adapter, on what a store of ours has written.
protocol RawStore: Sendable {
    /// Does the work so many times, `width` of them at once; gives a sum over all outcomes.
    func run(_ work: StoreWork, _ count: Int, _ width: Int) async throws -> Int
}

/// A store of ours and the raw one beside it, filled alike.
struct StorePair: Sendable {
    let store: any DocumentStore
    let raw: any RawStore
    let contents: StoreContents

    /// Does the work with our store.
    func run(_ work: StoreWork, _ count: Int, _ width: Int) async throws -> Int {
        let (store, contents) = (store, contents)
        return try await InFlight.sum(count, width) {
            let number = contents.nextNumber()
            switch work {
            case .get:
                let id = StoreContents.id(number)
                let found = try await store.documents([id], in: StoreContents.collection)
                return found[id]?.body.count ?? 0
            case .page:
                let page = try await store.page(StoreContents.query(number))
                return page.documents.reduce(0) { $0 + $1.body.count }
            case .commit:
                try await store.commit([contents.write(number)])
                return 1
            }
        }
    }
}
