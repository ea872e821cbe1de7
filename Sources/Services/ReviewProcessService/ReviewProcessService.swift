import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Bids, assignments, reviews, rebuttals and decisions: the one authority on who reviews what and
/// on what was released.
public actor ReviewProcessService: HostedService {
    public let effects: Effects
    let client: ClusterClient
    let policy: VisibilityPolicy
    private let bus: any EventBus

    static let notifications = OutboxConsumer("notifications")
    /// Tells the ConferenceService that it is over.
    static let released = OutboxConsumer("released")
    /// Goes on telling authors of a release.
    static let announcements = OutboxConsumer("announcements")

    /// A service on its own store, that shows what `policy` permits.
    public init(
        effects: Effects, client: ClusterClient, bus: any EventBus, policy: VisibilityPolicy
    ) {
        self.effects = effects
        self.client = client
        self.bus = bus
        self.policy = policy
    }

    var store: any DocumentStore { effects.store }

    public nonisolated var service: Service {
        Service(
            .reviewProcess,
            [
                Handler(PlaceBid.self) { try await self.bid($0, $1) },
                Handler(ListBids.self) { try await self.listBids($0, $1) },
                Handler(AssignReviewers.self) { try await self.assignAll($0, $1) },
                Handler(AssignReviewer.self) { try await self.assignOne($0, $1) },
                Handler(DeclineAssignment.self) { try await self.decline($0, $1) },
                Handler(FenceConflict.self) { try await self.fence($0, $1) },
                Handler(WriteReview.self) { try await self.writeReview($0, $1) },
                Handler(WriteRebuttal.self) { try await self.writeRebuttal($0, $1) },
                Handler(Decide.self) { try await self.decide($0, $1) },
                Handler(Release.self) { try await self.release($0, $1) },
                Handler(AnnounceRelease.self) { try await self.announceRelease($0, $1) },
                Handler(GetReviewProcess.self) { try await self.reviewProcess($0, $1) },
                Handler(ListReviewProcesses.self) { try await self.list($0, $1) },
                Handler(GetAssignments.self) { try await self.assignments($0, $1) },
                Handler(ListAssigned.self) { try await self.listAssigned($0, $1) },
                Handler(GetReviewStanding.self) { try await self.standing($0, $1) },
            ])
    }

    public nonisolated var routes: [OutboxRoute] {
        [
            .publishing(Self.notifications, to: .notifications, as: .reviewProcess, bus: bus),
            .calling(
                Self.released, with: NoteRelease.self, as: .reviewProcess, client: client),
            .calling(
                Self.announcements, with: AnnounceRelease.self, as: .reviewProcess,
                client: client),
        ]
    }

    /// What somebody is to a conference, asked of its authority.
    func conferenceStanding(
        _ id: ConferenceID, of account: AccountID, _ context: CallContext
    ) async throws -> ConferenceStanding {
        let call = context.causing("conference", as: Principal(.service(.reviewProcess)))
        let found = try await client.call(
            GetConferenceStandings(conferences: [id], account: account), call)
        guard let standing = found.items.first,
            standing.conference.status.isPublic || standing.isChair
        else { throw Refusal(ReviewProcessRefusal.noSuchConference) }
        return standing
    }

    /// The conference, if the asker chairs it.
    func chaired(
        _ id: ConferenceID, _ context: CallContext
    ) async throws -> ConferenceView {
        let account = try Self.asker(context)
        let standing = try await conferenceStanding(id, of: account, context)
        guard standing.isChair else { throw Refusal(ReviewProcessRefusal.forbidden) }
        return standing.conference
    }

    /// What was released, read so that a commit can depend on it.
    func releaseRecord(
        of conference: ConferenceID
    ) async throws -> Versioned<ReleaseRecord>? {
        try await store.read(conference.text, in: ReleaseRecord.collection)
    }

    /// Lets a commit happen only if nothing is released meanwhile.
    func require(
        _ release: Versioned<ReleaseRecord>?, of conference: ConferenceID,
        in transaction: inout Transaction
    ) {
        if let release {
            transaction.verify(release, in: ReleaseRecord.collection)
        } else {
            transaction.verifyAbsence(of: conference.text, in: ReleaseRecord.collection)
        }
    }

    static func require(_ window: Window, in conference: ConferenceView) throws {
        guard conference.status.openWindows.contains(window) else {
            throw Refusal(
                ReviewProcessRefusal.windowClosed, ["state": conference.status.rawValue])
        }
    }

    static func asker(_ context: CallContext) throws -> AccountID {
        guard let account = context.principal.accountID else {
            throw Refusal(ReviewProcessRefusal.signInRequired)
        }
        return account
    }

    static func requireService(_ context: CallContext) throws {
        guard context.principal.actor.serviceName != nil else {
            throw Refusal(ReviewProcessRefusal.forbidden)
        }
    }
}
