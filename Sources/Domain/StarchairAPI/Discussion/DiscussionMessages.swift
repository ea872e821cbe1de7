import Cluster
import PeerReview
import Platform

/// A message to the DiscussionService.
public protocol DiscussionMessage: Message where Code == DiscussionRefusal {}

extension DiscussionMessage {
    public static var service: ServiceName { .discussion }
}

/// Why the DiscussionService declines.
public enum DiscussionRefusal: String, RefusalCode {
    /// Nobody is signed in.
    case signInRequired
    /// The asker may not do this.
    case forbidden
    /// The text of a field breaks its rule; parameter `field`.
    case invalidField
    /// There is no such submission, or the asker may not know of it or of its discussion.
    case noSuchSubmission
    /// There is no such post.
    case noSuchPost
    /// The conference does not discuss now; parameter `state`.
    case windowClosed
    /// The discussion has as many posts, or the post as many replies, as are allowed.
    case full
}

/// The discussion of a submission, to the extent that the asker may see it.
public struct GetThread: DiscussionMessage, Query {
    public typealias Reply = ThreadView
    public static let name = "getThread"

    public var draftId: SubmissionID
    public var after: ListCursor?
    public var limit: Int

    public init(draftId: SubmissionID, after: ListCursor?, limit: Int) {
        self.draftId = draftId
        self.after = after
        self.limit = limit
    }
}

/// Says something about a submission.
public struct CreatePost: DiscussionMessage, Command {
    public typealias Reply = PostView
    public static let name = "createPost"

    public var draftId: SubmissionID
    public var content: String

    public init(draftId: SubmissionID, content: String) {
        self.draftId = draftId
        self.content = content
    }
}

/// Answers what somebody said.
public struct CreateReply: DiscussionMessage, Command {
    public typealias Reply = PostView
    public static let name = "createReply"

    public var postId: PostID
    public var content: String

    public init(postId: PostID, content: String) {
        self.postId = postId
        self.content = content
    }
}

/// Whether somebody has said something about a submission; services only.
public struct GetParticipation: DiscussionMessage, Query {
    public typealias Reply = Participation
    public static let name = "getParticipation"

    public var draftId: SubmissionID
    public var account: AccountID

    public init(draftId: SubmissionID, account: AccountID) {
        self.draftId = draftId
        self.account = account
    }
}

/// Whether somebody takes part in a discussion.
public struct Participation: Codable, Hashable, Sendable {
    public var hasTakenPart: Bool

    public init(hasTakenPart: Bool) { self.hasTakenPart = hasTakenPart }
}

/// A page of a discussion.
public struct ThreadView: Codable, Hashable, Sendable {
    public var draftId: SubmissionID
    public var posts: [PostView]
    /// Where the next page begins; nil when this is the last.
    public var next: ListCursor?

    public init(draftId: SubmissionID, posts: [PostView], next: ListCursor?) {
        self.draftId = draftId
        self.posts = posts
        self.next = next
    }
}

/// Something said in a discussion.
public struct PostView: Codable, Hashable, Sendable {
    public var id: PostID
    public var draftId: SubmissionID
    public var content: String
    /// Who said it, as far as the asker may know: a name, or the part that the person has.
    public var username: String
    /// Whether the asker said it.
    public var isOwn: Bool
    public var created_time: Instant
    public var comments: [CommentView]

    public init(
        id: PostID, draftId: SubmissionID, content: String, username: String, isOwn: Bool,
        created_time: Instant, comments: [CommentView]
    ) {
        self.id = id
        self.draftId = draftId
        self.content = content
        self.username = username
        self.isOwn = isOwn
        self.created_time = created_time
        self.comments = comments
    }
}

/// An answer to a post.
public struct CommentView: Codable, Hashable, Sendable {
    public var content: String
    public var username: String
    public var isOwn: Bool
    public var created_time: Instant

    public init(content: String, username: String, isOwn: Bool, created_time: Instant) {
        self.content = content
        self.username = username
        self.isOwn = isOwn
        self.created_time = created_time
    }
}
