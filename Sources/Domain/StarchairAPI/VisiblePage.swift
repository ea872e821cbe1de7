import Ports

/// A page of those rows of an index that somebody sees. What is hidden leaves no trace: neither in
/// the page's length nor in where the next one begins.
public struct VisiblePage<Seen> {
    /// What is seen, at most as much as was asked for.
    public let items: [Seen]
    /// Where the next page begins: behind the last item that is seen.
    public let next: ListCursor?

    /// Pages of the index that one page of a filtered list may cost; who has more hidden from
    /// them in one go finds the list's end there.
    public static var scanCountMaximum: Int { 10 }

    /// Reads on until there are enough items, and one more that says whether there are others.
    ///
    /// - Parameters:
    ///   - rows: the next page of the index behind a place.
    ///   - see: what is seen of its rows, in their order.
    ///   - place: where an item stands in the index.
    public init<Row>(
        limit: Int, after: PageCursor?, isolation: isolated (any Actor)? = #isolation,
        rows: (PageCursor?) async throws -> Page<Row>,
        see: ([Versioned<Row>]) async throws -> [Seen], place: (Seen) -> PageCursor
    ) async throws {
        var found: [Seen] = []
        var last = after
        for _ in 0..<Self.scanCountMaximum {
            let page = try await rows(last)
            found += try await see(page.items)
            guard found.count <= limit, let next = page.next else { break }
            last = next
        }
        items = Array(found.prefix(limit))
        next = found.count > limit ? items.last.map { ListCursor(place($0)) } : nil
    }
}
