import Ports

/// What several commits make of the documents they touch, each done or refused alone.
///
/// It is pure: it takes the documents as a transaction found them, and gives what is to be written.
struct GroupPlan {
    /// A document as a commit finds it or leaves it.
    struct Row: Hashable {
        /// Its version; nil when it does not exist.
        var version: Int64?
        /// Its places in indexes, as ``DocumentForm/place(_:)`` writes them.
        var places: Set<[UInt8]> = []
        /// Its new body; nil when it is as it was found.
        var body: [UInt8]?
    }

    /// A document that is to be changed, or that the commits depend on.
    struct Change {
        let key: DocumentKey
        let id: [UInt8]
        let found: Row
        let left: Row
    }

    /// The outcome of each commit, in their order.
    private(set) var results: [Result<Void, StoreError>] = []
    private let found: [[UInt8]: Row]
    private var left: [[UInt8]: Row]
    /// What is written or depended on, in the order in which it first was.
    private var touched: [(id: [UInt8], key: DocumentKey)] = []
    private var touchedIDs: Set<[UInt8]> = []

    /// Plans commits upon the documents found, by their `_id`; those missing do not exist.
    init(_ commits: [[DocumentWrite]], found: [[UInt8]: Row]) {
        self.found = found
        left = found
        for writes in commits { results.append(add(writes)) }
    }

    /// What is to be written, in one order for all who write.
    var changes: [Change] {
        touched.map { id, key in
            Change(key: key, id: id, found: found[id] ?? Row(), left: left[id] ?? Row())
        }
    }

    private mutating func add(_ writes: [DocumentWrite]) -> Result<Void, StoreError> {
        let ids = writes.map { DocumentForm.documentID($0.key) }
        for (write, id) in zip(writes, ids) where !write.expecting.allows(left[id]?.version) {
            return .failure(.conflict(write.key))
        }
        for (write, id) in zip(writes, ids) { apply(write, id) }
        return .success(())
    }

    private mutating func apply(_ write: DocumentWrite, _ id: [UInt8]) {
        let version = left[id]?.version
        switch write.change {
        case .verify:
            guard write.expecting != .anything else { return }
        case .delete:
            guard write.expecting != .anything || version != nil else { return }
            left[id] = nil
        case .put(let body, let keys):
            left[id] = Row(
                version: (version ?? 0) + 1, places: Set(keys.map(DocumentForm.place)), body: body)
        }
        if touchedIDs.insert(id).inserted { touched.append((id, write.key)) }
    }
}

extension DocumentWrite.Expectation {
    /// Whether a document of this version, nil when it does not exist, is as expected.
    fileprivate func allows(_ version: Int64?) -> Bool {
        switch self {
        case .absent: version == nil
        case .version(let expected): version == expected
        case .anything: true
        }
    }
}
