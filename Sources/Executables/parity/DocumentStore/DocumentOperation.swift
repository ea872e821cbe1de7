import Ports

/// What is asked of a document store.
enum DocumentOperation: Sendable {
    case commit([DocumentWrite])
    case page(IndexQuery)
    case documents([String], in: String)
}

extension DocumentOperation: CustomStringConvertible {
    var description: String {
        switch self {
        case .commit(let writes):
            writes.count > 6
                ? "commit \(writes.count) writes"
                : "commit " + writes.map(Self.words).joined(separator: "; ")
        case .page(let query):
            "page \(query.limit) of \(query.collection)/\(query.index) from \(query.prefix.parts)"
                + (query.descending ? ", falling" : "")
                + (query.after.map { ", after \($0.keyBytes) \($0.id)" } ?? "")
        case .documents(let ids, let collection):
            "read \(ids.count > 6 ? "\(ids.count) ids" : "\(ids)") in \(collection)"
        }
    }

    private static func words(for write: DocumentWrite) -> String {
        let change =
            switch write.change {
            case .put(let body, let keys):
                "put \(body.count) bytes, "
                    + (keys.count > 4
                        ? "\(keys.count) keys" : "\(keys.map { "\($0.index) \($0.key.parts)" })")
            case .delete: "delete"
            case .verify: "verify"
            }
        return "\(change) \(write.key.collection)/\(write.key.id.debugDescription) "
            + "expecting \(write.expecting)"
    }
}
