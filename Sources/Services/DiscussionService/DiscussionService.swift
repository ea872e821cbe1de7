import Cluster
import Effects
import PeerReview
import Platform
import Ports
import StarchairAPI

/// What reviewers and chairs say to each other about a submission.
public actor DiscussionService: HostedService {
    public let effects: Effects
    let client: ClusterClient
    let policy: VisibilityPolicy
    private let bus: any EventBus

    static let notifications = OutboxConsumer("notifications")
    /// Posts and answers about one submission.
    static let postCountMaximum = 2000
    /// People told of one post.
    static let audienceCountMaximum = 100

    /// A service on its own store, that shows what `policy` permits.
    public init(
        effects: Effects, client: ClusterClient, bus: any EventBus, policy: VisibilityPolicy
    ) {
        self.effects = effects
        self.client = client
        self.bus = bus
        self.policy = policy
    }

    public nonisolated var service: Service {
        Service(
            .discussion,
            [
                Handler(GetThread.self) { try await self.thread($0, $1) },
                Handler(CreatePost.self) { try await self.post($0, $1) },
                Handler(CreateReply.self) { try await self.reply($0, $1) },
                Handler(GetParticipation.self) { try await self.participation($0, $1) },
            ])
    }

    public nonisolated var routes: [OutboxRoute] {
        [.publishing(Self.notifications, to: .notifications, as: .discussion, bus: bus)]
    }

    private func post(_ message: CreatePost, _ context: CallContext) async throws -> PostView {
        try Self.check(message.content)
        return try await effects.perform(message, context) { transaction in
            let access = try await access(to: message.draftId, context)
            return try await say(
                message.content, answering: nil, access, context, &transaction)
        }
    }

    private func reply(_ message: CreateReply, _ context: CallContext) async throws -> PostView {
        try Self.check(message.content)
        return try await effects.perform(message, context) { transaction in
            guard
                let parent = try await effects.store.read(
                    message.postId.text, in: PostRecord.collection)?.value,
                parent.parent == nil
            else { throw Refusal(DiscussionRefusal.noSuchPost) }
            let access: Access
            do {
                access = try await self.access(to: parent.submission, context)
            } catch let refusal as Refusal<DiscussionRefusal>
                where refusal.code == .noSuchSubmission
            {
                throw Refusal(DiscussionRefusal.noSuchPost)
            }
            return try await say(
                message.content, answering: parent, access, context, &transaction)
        }
    }

    /// Adds what somebody says, and tells the others that something was said, not what or by whom.
    private func say(
        _ content: String, answering parent: PostRecord?, _ access: Access,
        _ context: CallContext, _ transaction: inout Transaction
    ) async throws -> PostView {
        let standing = access.standing.standing
        guard standing.conference.status.openWindows.contains(.discussion),
            access.standing.stage < .decisions
        else {
            throw Refusal(
                DiscussionRefusal.windowClosed, ["state": standing.conference.status.rawValue])
        }
        let participant = try await participant(access, in: &transaction)
        let id = PostID(client.platform.random, for: "post id")
        let post = PostRecord(
            id: id, submission: standing.submission, parent: parent?.id,
            rootCreated: parent?.created ?? transaction.now, author: access.account,
            authorName: context.principal.fullname ?? "",
            isByChair: standing.relations.contains(.chair), participant: participant,
            content: content, created: transaction.now)
        try transaction.insert(post, id: id.text, in: PostRecord.collection)
        try await announce(access, in: &transaction)
        return view(of: post, access, comments: [])
    }

    /// Counts one more post, and gives who speaks first a number.
    private func participant(
        _ access: Access, in transaction: inout Transaction
    ) async throws -> Int {
        let submission = access.standing.standing.submission
        let read = try await effects.store.read(submission.text, in: ThreadRecord.collection)
        var thread = read?.value ?? ThreadRecord(postCount: 0, participantCount: 0)
        guard thread.postCount < Self.postCountMaximum else {
            throw Refusal(DiscussionRefusal.full)
        }
        thread.postCount += 1
        let id = ParticipantRecord.id(submission, access.account)
        var number = try await effects.store.read(id, in: ParticipantRecord.collection)?.value
            .number
        if number == nil {
            thread.participantCount += 1
            number = thread.participantCount
            try transaction.insert(
                ParticipantRecord(
                    submission: submission, account: access.account,
                    number: thread.participantCount),
                id: id, in: ParticipantRecord.collection)
        }
        try transaction.put(
            thread, id: submission.text, over: read, in: ThreadRecord.collection)
        return number ?? thread.participantCount
    }

    /// Tells the reviewers, and the chairs who take part; never who became conflicted.
    private func announce(_ access: Access, in transaction: inout Transaction) async throws {
        let standing = access.standing.standing
        let participants = try await effects.store.page(
            "submission", in: ParticipantRecord.collection,
            prefix: [.text(standing.submission.text)], limit: Self.audienceCountMaximum)
        let chairs = participants.items.map(\.value.account)
            .filter(standing.conference.chairman.contains)
        // In the order of their parts, which says nothing about who they are.
        var told: Set<AccountID> = [access.account]
        told.formUnion(access.standing.conflicted)
        let audience = (access.standing.reviewers + chairs).filter { told.insert($0).inserted }
        let event = NotificationEvent(
            .discussed, confId: standing.conference.id,
            shortenForm: standing.conference.shortenForm, draftId: standing.submission,
            number: standing.number)
        for account in audience.prefix(Self.audienceCountMaximum) {
            try transaction.announce(
                Notify(recipient: .account(account), event: event), to: Self.notifications)
        }
    }

    private func participation(
        _ message: GetParticipation, _ context: CallContext
    ) async throws -> Participation {
        guard context.principal.actor.serviceName != nil else {
            throw Refusal(DiscussionRefusal.forbidden)
        }
        let id = ParticipantRecord.id(message.draftId, message.account)
        let found = try await effects.store.read(id, in: ParticipantRecord.collection)
        return Participation(hasTakenPart: found != nil)
    }

    private static func check(_ content: String) throws {
        guard TextRule.post.accepts(content) else {
            throw Refusal(DiscussionRefusal.invalidField, ["field": TextRule.post.name])
        }
    }
}
