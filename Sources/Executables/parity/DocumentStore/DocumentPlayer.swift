import Ports

/// Carries out operations on one document store, whichever it is.
struct DocumentPlayer {
    private let store: any DocumentStore

    init(_ store: any DocumentStore) { self.store = store }

    func answers(to operations: [DocumentOperation]) async -> [Answer] {
        var answers: [Answer] = []
        for operation in operations { answers.append(await answer(to: operation)) }
        return answers
    }

    private func answer(to operation: DocumentOperation) async -> Answer {
        switch operation {
        case .commit(let writes):
            do throws(StoreError) {
                try await store.commit(writes)
                return Answer("commit", "done")
            } catch {
                return Answer("commit", error: error)
            }
        case .page(let query):
            do throws(StoreError) { return Self.answer(try await store.page(query)) } catch {
                return Answer("page", error: error)
            }
        case .documents(let ids, let collection):
            do throws(StoreError) {
                return Self.answer(try await store.documents(ids, in: collection), to: ids)
            } catch {
                return Answer("documents", error: error)
            }
        }
    }

    private static func answer(_ page: DocumentPage) -> Answer {
        let outcome =
            page.documents.isEmpty ? "none" : page.next == nil ? "rows" : "rows and more"
        let next = page.next.map { "\($0.keyBytes) \($0.id)" } ?? ""
        return Answer("page", outcome, "\(page.documents.map(text)) then \(next)")
    }

    private static func answer(_ found: [String: StoredDocument], to ids: [String]) -> Answer {
        let count = Set(ids).count
        let outcome = found.isEmpty ? "none" : found.count == count ? "all" : "some"
        let rows = found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return Answer("documents", outcome, "\(rows.map { "\($0.key): \(text($0.value))" })")
    }

    private static func text(_ document: StoredDocument) -> String {
        "\(document.id.debugDescription) v\(document.version) \(document.body.count) bytes "
            + "\(document.body.prefix(8))"
    }
}
