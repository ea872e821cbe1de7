import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Submissions and their files: the one authority on who wrote what.
public actor DraftService: HostedService {
    public let effects: Effects
    let client: ClusterClient
    nonisolated let platform: Platform
    let policy: VisibilityPolicy

    static let notifications = OutboxConsumer("notifications")
    static let fences = OutboxConsumer("fences")
    /// Uploads that an account may have beside those that submissions name.
    static let unusedFileCountMaximum = 20
    /// Authors of one submission.
    static let authorCountMaximum = 200
    /// Topics of one submission.
    static let topicCountMaximum = 100

    private let blobs: any BlobStore
    private let bus: any EventBus

    /// A service on its own store, that shows what `policy` permits.
    public init(
        effects: Effects, client: ClusterClient, bus: any EventBus, blobs: any BlobStore,
        policy: VisibilityPolicy
    ) {
        self.effects = effects
        self.bus = bus
        self.blobs = blobs
        self.client = client
        self.policy = policy
        platform = client.platform
    }

    public nonisolated var service: Service {
        Service(
            .draft,
            [
                Handler(AddFile.self) { try await self.addFile($0, $1) },
                Handler(SubmitDraft.self) { try await self.submit($0, $1) },
                Handler(ModifyDraft.self) { try await self.modify($0, $1) },
                Handler(GetDraft.self) { try await self.draft($0, $1) },
                Handler(ListDrafts.self) { try await self.list($0, $1) },
                Handler(LocateFile.self) { try await self.locate($0, $1) },
                Handler(WithdrawDraft.self) { try await self.withdraw($0, $1) },
                Handler(DeclareConflict.self) { try await self.declareConflict($0, $1) },
                Handler(ListConflicts.self) { try await self.listConflicts($0, $1) },
                Handler(GetSubmissionStandings.self) {
                    try await self.submissionStandings($0, $1)
                },
                Handler(ListForAssignment.self) { try await self.listForAssignment($0, $1) },
            ])
    }

    public nonisolated var routes: [OutboxRoute] {
        [
            .publishing(Self.notifications, to: .notifications, as: .draft, bus: bus),
            .calling(Self.fences, with: FenceConflict.self, as: .draft, client: client),
        ]
    }

    public nonisolated var background: [BackgroundTask] {
        let sweep = FileSweep(store: effects.store, blobs: blobs, platform: platform)
        return [BackgroundTask("file sweep") { await sweep.run() }]
    }

    static func account(of context: CallContext) throws -> AccountID {
        guard let account = context.principal.accountID else {
            throw Refusal(DraftRefusal.signInRequired)
        }
        return account
    }
}
