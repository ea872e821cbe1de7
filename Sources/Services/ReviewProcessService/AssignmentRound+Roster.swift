import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

extension AssignmentRound {
    /// Reads what a round is made from, page by page.
    struct Roster {
        private let service: ReviewProcessService
        private let context: CallContext

        init(service: ReviewProcessService, _ context: CallContext) {
            self.service = service
            self.context = context
        }

        /// The committee of a conference in its own order; one more than fits at most.
        func members(of conference: ConferenceID) async throws -> [MemberView] {
            let call = context.causing("members", as: Principal(.service(.reviewProcess)))
            return try await all { place in
                try await service.client.call(
                    ListMembers(
                        conference: conference, after: place,
                        limit: ListCursor.limitRange.upperBound), call)
            }
        }

        /// The submissions of a conference in the order of their numbers; one more than fits at
        /// most.
        func submissions(of conference: ConferenceID) async throws -> [AssignableSubmission] {
            try await all { place in
                try await service.submissions(
                    of: conference, after: place, limit: ListCursor.limitRange.upperBound,
                    context)
            }
        }

        private func all<Item>(
            _ page: (ListCursor?) async throws -> ListPage<Item>
        ) async throws -> [Item] {
            var items: [Item] = []
            var place: ListCursor?
            repeat {
                let next = try await page(place)
                items += next.items
                place = next.next
            } while place != nil && items.count <= AssignmentRound.sizeMaximum
            return items
        }

        func dossiers(
            of submissions: [AssignableSubmission]
        ) async throws -> [SubmissionID: Versioned<DossierRecord>] {
            let read = try await service.store.read(
                submissions.map(\.submission.text), in: DossierRecord.collection)
            return Dictionary(
                uniqueKeysWithValues: read.values.map { ($0.value.submission, $0) })
        }

        /// The bids of a conference by submission and account.
        func bids(of conference: ConferenceID) async throws -> [String: Bid] {
            var bids: [String: Bid] = [:]
            var place: PageCursor?
            repeat {
                let page = try await service.store.page(
                    "conference", in: BidRecord.collection, prefix: [.text(conference.text)],
                    after: place, limit: StoreLimits.pageCountMaximum)
                for bid in page.items { bids[bid.id] = bid.value.bid }
                place = page.next
            } while place != nil
            return bids
        }
    }
}
