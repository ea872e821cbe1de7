import PeerReview
import StarchairAPI
import Testing

/// Ids that name something else than what is asked for.
@Suite struct OtherIdTests {
    let world: TestCommittee
    let ids: [String]

    init() async throws {
        world = try await TestCommittee(.discussing)
        let thread: ThreadView = try await world.value(world.thread(), by: .chair)
        let process: ReviewProcessView = try await world.value(world.process(), by: .chair)
        let post = try #require(thread.posts.first?.id.text)
        let review = try #require(process.reviews.first?.id.text)
        ids = [
            "unknown", world.paper.id.text, world.conference.id.text, world.other.id.text,
            world.account(.chair).id.text, world.account(.reviewer).id.text,
            world.paper.file_id?.text ?? "none", post, review,
        ]
    }

    /// Calls about a paper, a conference and so on, by the field that names it.
    private func calls(_ id: String) -> [(own: String, code: String, call: Call)] {
        let review = "/api/reviewProcess"
        let paper = "\"draftId\":\"\(id)\""
        let written = "\"version\":0,\"confirm\":false,\"comment\":\"x\""
        let papers: [Call] = [
            .get("\(review)/getReviewProcessByDraftId/\(id)"),
            .get("/api/draft/getConflicts/\(id)"), .get("/api/discuss/getOrCreateByDraft/\(id)"),
            .json("\(review)/assign", "{\(paper),\"account\":\"unknown\"}"),
            .json("\(review)/decline", "{\(paper)}"),
            .json("\(review)/score", "{\(paper),\(written)}"),
            .json("\(review)/decide", "{\(paper),\"version\":7,\"decision\":\"accept\"}"),
            .json("\(review)/rebuttal", "{\(paper),\"version\":0,\"rebuttal\":\"x\"}"),
            .json("\(review)/bid", "{\(paper),\"bid\":0}"),
            .json("/api/draft/withdrawDraft", "{\"id\":\"\(id)\",\"version\":1}"),
            .json("/api/discuss/createPost", "{\(paper),\"content\":\"x\"}"),
        ]
        let conferences: [Call] = [
            .json("\(review)/allocDraft", "{\"confId\":\"\(id)\"}"),
            .json("\(review)/release", "{\"confId\":\"\(id)\",\"what\":\"reviews\"}"),
            .post("\(review)/getReviewProcessByConfId/\(id)"),
            .get("/api/conference/getPcMembers/\(id)"),
            .get("/api/draft/visible/\(id)"),
        ]
        let others: [(String, Call)] = [
            (
                "noSuchPost",
                .json("/api/discuss/createReply", "{\"postId\":\"\(id)\",\"content\":\"x\"}")
            ),
            ("noSuchInvitation", .post("/api/invitation/withdraw/\(id)")),
            ("noSuchInvitation", .post("/api/invitation/approve/\(id)")),
            ("noSuchNotification", .get("/api/notification/getNotificationById/\(id)")),
        ]
        return papers.map { ("paper", "noSuchSubmission", $0) }
            + conferences.map { ("conference", "noSuchConference", $0) }
            + others.map { ("other", $0.0, $0.1) }
    }

    @Test func `an id of another kind names nothing`() async throws {
        let own = ["paper": [ids[1]], "conference": [ids[2], ids[3]], "other": [ids[7]]]
        for id in ids {
            for entry in calls(id) where own[entry.own]?.contains(id) != true {
                try await world.refused(entry.call, by: .chair, 404, entry.code)
            }
        }
    }

    @Test func `an account that is none joins and reviews nothing`() async throws {
        let desk = TestDesk(installation: world.installation, conference: world.conference.id)
        for id in [ids[0], ids[1], ids[2]] {
            let account = try #require(AccountID(id))
            for part in ["member", "chair"] {
                try await world.refused(
                    desk.add(account, as: part), by: .chair, 404, "noSuchAccount")
            }
        }
    }

    @Test func `a paper of another conference is not this chair's`() async throws {
        for call in calls(world.paper.id.text) where call.own == "paper" {
            try await world.refused(call.call, by: .otherChair, 404, "noSuchSubmission")
        }
    }
}
