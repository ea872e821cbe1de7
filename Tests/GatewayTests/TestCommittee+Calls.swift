import PeerReview
import StarchairAPI

/// What a conference is asked to do, by whomever; without another word it is about the first
/// paper.
extension TestCommittee {
    private static let process = "/api/reviewProcess"

    private func about(_ paper: SubmissionView?) -> String {
        "\"draftId\":\"\((paper ?? self.paper).id)\""
    }

    func move(to state: ConferenceState) -> Call {
        .json(
            "/api/conference/changeStatus/\(conference.id)", "{\"status\":\"\(state.rawValue)\"}")
    }

    func declare(of role: Role? = nil, on paper: SubmissionView? = nil) -> Call {
        let other = role.map { ",\"account\":\"\(account($0).id)\"" } ?? ""
        return .json(
            "/api/draft/declareConflict", "{\(about(paper)),\"kind\":\"family\"\(other)}")
    }

    func bid(_ bid: String = "1", for paper: SubmissionView? = nil) -> Call {
        .json("\(Self.process)/bid", "{\(about(paper)),\"bid\":\(bid)}")
    }

    func assign(_ role: Role, to paper: SubmissionView? = nil) -> Call {
        .json(
            "\(Self.process)/assign", "{\(about(paper)),\"account\":\"\(account(role).id)\"}")
    }

    func assignAll() -> Call {
        .json("\(Self.process)/allocDraft", "{\"confId\":\"\(conference.id)\"}")
    }

    func decline(_ paper: SubmissionView? = nil) -> Call {
        .json("\(Self.process)/decline", "{\(about(paper)),\"reason\":\"No time.\"}")
    }

    /// A review; fields as JSON, nil to leave one out.
    func score(
        _ score: String? = "1", confidence: String? = "3", version: Int64 = 0,
        confirm: Bool = true, comment: String = Secret.review, on paper: SubmissionView? = nil
    ) -> Call {
        var fields = [
            about(paper), "\"version\":\(version)", "\"confirm\":\(confirm)",
            "\"comment\":\(TestInstallation.quoted(comment))",
            "\"remarks\":\"\(Secret.remarks)\"",
        ]
        if let score { fields.append("\"score\":\(score)") }
        if let confidence { fields.append("\"confidence\":\(confidence)") }
        return .json("\(Self.process)/score", "{\(fields.joined(separator: ","))}")
    }

    func rebut(
        _ text: String = Secret.rebuttal, version: Int64 = 0, on paper: SubmissionView? = nil
    ) -> Call {
        .json(
            "\(Self.process)/rebuttal",
            "{\(about(paper)),\"version\":\(version),\"rebuttal\":\"\(text)\"}")
    }

    func decide(
        _ paper: SubmissionView? = nil, _ decision: String = "accept", version: Int64 = 0
    ) -> Call {
        .json(
            "\(Self.process)/decide",
            "{\(about(paper)),\"version\":\(version),\"decision\":\"\(decision)\"}")
    }

    func release(_ what: String) -> Call {
        .json(
            "\(Self.process)/release", "{\"confId\":\"\(conference.id)\",\"what\":\"\(what)\"}")
    }

    func withdraw(_ paper: SubmissionView? = nil) -> Call {
        let paper = paper ?? self.paper
        return .json(
            "/api/draft/withdrawDraft", "{\"id\":\"\(paper.id)\",\"version\":\(paper.version)}")
    }

    func say(_ content: String = Secret.post, on paper: SubmissionView? = nil) -> Call {
        .json("/api/discuss/createPost", "{\(about(paper)),\"content\":\"\(content)\"}")
    }

    func reply(_ content: String, to post: String) -> Call {
        .json(
            "/api/discuss/createReply", "{\"postId\":\"\(post)\",\"content\":\"\(content)\"}")
    }

    func thread(_ paper: SubmissionView? = nil, _ query: String = "") -> Call {
        .get("/api/discuss/getOrCreateByDraft/\((paper ?? self.paper).id)\(query)")
    }

    func process(_ paper: SubmissionView? = nil) -> Call {
        .get("\(Self.process)/getReviewProcessByDraftId/\((paper ?? self.paper).id)")
    }

    func processes(_ query: String = "") -> Call {
        .post("\(Self.process)/getReviewProcessByConfId/\(conference.id)\(query)")
    }

    func assigned(_ query: String = "") -> Call {
        .post("\(Self.process)/getReviewProcessByPcMember\(query)")
    }

    func bids(_ query: String = "") -> Call {
        .get("\(Self.process)/getBids/\(conference.id)\(query)")
    }

    func draft(_ paper: SubmissionView? = nil) -> Call {
        .get("/api/draft/getDraftById/\((paper ?? self.paper).id)")
    }

    func drafts(_ query: String = "") -> Call {
        .get("/api/draft/getDraftByConference/\(conference.id)\(query)")
    }

    func conflicts(_ paper: SubmissionView? = nil) -> Call {
        .get("/api/draft/getConflicts/\((paper ?? self.paper).id)")
    }

    func download() -> Call { .get("/api/draft/download/\(paper.file_id?.text ?? "none")") }
}
