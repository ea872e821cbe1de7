import Cluster
import PeerReview
import Platform
import Ports
import StarchairAPI

extension DiscussionService {
    /// Somebody who may take part in a discussion.
    struct Access {
        var account: AccountID
        var standing: ReviewStanding
    }

    /// What the asker is to a submission, if the asker may read its discussion.
    func access(
        to submission: SubmissionID, _ context: CallContext
    ) async throws -> Access {
        guard let account = context.principal.accountID else {
            throw Refusal(DiscussionRefusal.signInRequired)
        }
        let call = context.causing("standing", as: Principal(.service(.discussion)))
        let standing: ReviewStanding
        do throws(CallFailure<ReviewProcessRefusal>) {
            standing = try await client.call(
                GetReviewStanding(
                    submission: submission, viewer: Viewer(context.principal)), call)
        } catch {
            guard case .refused = error else { throw error }
            throw Refusal(DiscussionRefusal.noSuchSubmission)
        }
        let access = Access(account: account, standing: standing)
        guard fields(access, isOwn: false).contains(.discussion) else {
            throw Refusal(DiscussionRefusal.noSuchSubmission)
        }
        return access
    }

    func thread(_ message: GetThread, _ context: CallContext) async throws -> ThreadView {
        let access = try await access(to: message.draftId, context)
        let page = try await effects.store.page(
            "thread", in: PostRecord.collection, prefix: [.text(message.draftId.text)],
            after: message.after?.place,
            limit: min(max(message.limit, 1), ListCursor.limitRange.upperBound))
        let records = page.items.map(\.value)
        // A page may begin among the answers to a post: it says again to which.
        let known = Set(records.filter { $0.parent == nil }.map(\.id))
        let missing = records.compactMap(\.parent).filter { !known.contains($0) }
        let roots = try await effects.store.read(
            missing.prefix(1).map(\.text), in: PostRecord.collection
        ).values.map(\.value)
        let answers = Dictionary(grouping: records.filter { $0.parent != nil }, by: \.root)
        let posts = (roots + records.filter { $0.parent == nil }).map { post in
            view(of: post, access, comments: answers[post.id] ?? [])
        }
        return ThreadView(
            draftId: message.draftId, posts: posts, next: page.next.map { ListCursor($0) })
    }

    func view(of post: PostRecord, _ access: Access, comments: [PostRecord]) -> PostView {
        PostView(
            id: post.id, draftId: post.submission, content: post.content,
            username: name(of: post, access), isOwn: post.author == access.account,
            created_time: post.created,
            comments: comments.map { comment in
                CommentView(
                    content: comment.content, username: name(of: comment, access),
                    isOwn: comment.author == access.account, created_time: comment.created)
            })
    }

    /// Who said it, as far as the asker may know. Who the chairs are is no secret.
    private func name(of post: PostRecord, _ access: Access) -> String {
        let isShown = fields(access, isOwn: post.author == access.account)
            .contains(.commenterIdentity)
        return isShown || post.isByChair ? post.authorName : "Reviewer \(post.participant)"
    }

    private func fields(_ access: Access, isOwn: Bool) -> Set<SubmissionField> {
        var relations = Set(access.standing.standing.relations)
        if isOwn { relations.insert(.writer) }
        return policy.fields(
            relations: relations,
            access.standing.standing.circumstances(access.standing.stage))
    }
}
