import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Submissions and their files: the one authority on who wrote what.
public actor DraftService {
    let effects: Effects
    let client: ClusterClient
    let platform: Platform
    let policy: VisibilityPolicy

    static let letters = OutboxConsumer("letters")
    /// Uploads that an account may have beside those that submissions name.
    static let unusedFileCountMaximum = 20
    /// Authors of one submission.
    static let authorCountMaximum = 200
    /// Topics of one submission.
    static let topicCountMaximum = 100

    private let blobs: any BlobStore

    /// A service on its own store, that shows what `policy` permits.
    public init(
        effects: Effects, client: ClusterClient, blobs: any BlobStore, policy: VisibilityPolicy
    ) {
        self.effects = effects
        self.blobs = blobs
        self.client = client
        self.policy = policy
        platform = client.platform
    }

    /// What the service answers to.
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
            ])
    }

    /// What runs beside the messages, each until it is cancelled.
    public nonisolated var background: [(name: String, run: @Sendable () async -> Void)] {
        let (store, client) = (effects.store, client)
        let sweep = FileSweep(store: store, blobs: blobs, platform: client.platform)
        return [
            ("file sweep", { await sweep.run() }),
            (
                "letter relay",
                {
                    await OutboxRelay<SendLetter>.calling(
                        Self.letters, as: .draft, store: store, client: client
                    ).run()
                }
            ),
            (
                "housekeeping",
                {
                    await Housekeeping(store: store, platform: client.platform).run()
                }
            ),
        ]
    }

    /// The conference, asked of its authority: what it says is as old as this call at most.
    func conference(_ id: ConferenceID, _ context: CallContext) async throws -> ConferenceView {
        guard let conference = try await conferences([id], context)[id] else {
            throw Refusal(DraftRefusal.noSuchConference)
        }
        return conference
    }

    /// Several conferences in one call; those that do not exist are missing.
    func conferences(
        _ ids: Set<ConferenceID>, _ context: CallContext
    ) async throws -> [ConferenceID: ConferenceView] {
        guard !ids.isEmpty else { return [:] }
        let context = context.causing("conference", as: Principal(.service(.draft)))
        let found = try await client.call(GetConferences(conferences: ids.sorted()), context)
        return Dictionary(uniqueKeysWithValues: found.items.map { ($0.id, $0) })
    }

    /// What the asker is to a submission.
    func relations(
        of principal: Principal, to submission: SubmissionRecord, in conference: ConferenceView
    ) -> Set<Relation> {
        var relations: Set<Relation> = []
        if submission.isWritten(by: principal) { relations.insert(.author) }
        if let account = principal.accountID, conference.chairman.contains(account) {
            relations.insert(.chair)
        }
        if principal.isAdministrator { relations.insert(.siteAdministrator) }
        return relations
    }

    static func account(of context: CallContext) throws -> AccountID {
        guard let account = context.principal.accountID else {
            throw Refusal(DraftRefusal.signInRequired)
        }
        return account
    }
}
