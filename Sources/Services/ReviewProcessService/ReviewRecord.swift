import PeerReview
import Platform
import Ports
import StarchairAPI

/// One person's review of one submission, once something was written; the texts that were
/// confirmed stand in documents of their own.
struct ReviewRecord: Codable, Sendable {
    /// A confirmed text.
    struct Mark: Codable, Sendable {
        var number: Int
        /// What had been released when it was confirmed.
        var stage: ReleaseStage
    }

    var id: ReviewID
    var submission: SubmissionID
    var conference: ConferenceID
    var reviewer: AccountID
    /// What is kept and not confirmed.
    var draft: ReviewText?
    /// The confirmed texts, the newest last.
    var confirmed: [Mark] = []

    static let collection = DocumentCollection<ReviewRecord>("reviews")

    /// Texts that one review may have.
    static let textCountMaximum = 200

    var status: ReviewStatus {
        if !confirmed.isEmpty { return .confirmed }
        return draft == nil ? .assigned : .draft
    }

    /// The document of a confirmed text.
    func textID(_ mark: Mark) -> String { "\(id.text)/\(mark.number)" }
}

/// What a review says.
struct ReviewText: Codable, Sendable {
    var score: Score?
    var confidence: Confidence?
    var comment: String
    var remarks: String

    static let collection = DocumentCollection<ReviewText>("reviewTexts")
}

/// The authors' answer to the reviews; the document's id is the submission's.
struct RebuttalRecord: Codable, Sendable {
    var submission: SubmissionID
    var text: String

    static let collection = DocumentCollection<RebuttalRecord>("rebuttals")
}

/// What was decided about a submission; the document's id is the submission's.
struct DecisionRecord: Codable, Sendable {
    var submission: SubmissionID
    var conference: ConferenceID
    var decision: Decision

    static let collection = DocumentCollection<DecisionRecord>("decisions")
}

/// What was released of a conference, whose id is the document's: one write releases it for all
/// its submissions, and every commit about reviews and decisions depends on it.
struct ReleaseRecord: Codable, Sendable {
    var stage: ReleaseStage

    static let collection = DocumentCollection<ReleaseRecord>("releases")
}
