import Platform
import Ports
import StarchairAPI

/// Something said about a submission, as it is stored.
struct PostRecord: Codable, Sendable {
    var id: PostID
    var submission: SubmissionID
    /// The post that it answers; nil when it answers none.
    var parent: PostID?
    /// When the post that it belongs to was made: posts and their answers stand together.
    var rootCreated: Instant
    var author: AccountID
    var authorName: String
    var isByChair: Bool
    /// The number that the author has among those who take part.
    var participant: Int
    var content: String
    var created: Instant

    /// All posts of a submission in the order in which they are read: each with its answers.
    static let collection = DocumentCollection<PostRecord>("posts") { post in
        [
            IndexEntry(
                index: "thread",
                key: [
                    .text(post.submission.text), .text(post.rootCreated.description),
                    .text(post.root.text), .bool(post.parent != nil),
                    .text(post.created.description),
                ])
        ]
    }

    /// The post that it belongs to.
    var root: PostID { parent ?? id }
}

/// How much was said about a submission and by how many; the document's id is the submission's.
struct ThreadRecord: Codable, Sendable {
    var postCount: Int
    var participantCount: Int

    static let collection = DocumentCollection<ThreadRecord>("threads")
}

/// Somebody who takes part in a discussion.
struct ParticipantRecord: Codable, Sendable {
    var submission: SubmissionID
    var account: AccountID
    /// 1, 2, 3 and so on in the order in which people first said something.
    var number: Int

    static let collection = DocumentCollection<ParticipantRecord>("participants") {
        [
            IndexEntry(
                index: "submission",
                key: [.text($0.submission.text), .integer(Int64($0.number))])
        ]
    }

    static func id(_ submission: SubmissionID, _ account: AccountID) -> String {
        "\(submission.text)/\(account.text)"
    }
}
