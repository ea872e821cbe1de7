import PeerReview
import StarchairAPI
import Testing

/// What answers say of a paper, word by word, to everybody at every time.
@Suite struct LeakTests {
    typealias Role = TestCommittee.Role
    typealias Secret = TestCommittee.Secret

    private static let states: [ConferenceState] = [
        .assigning, .reviewing, .rebuttal, .discussing, .decided, .released,
    ]

    private func readings(_ world: TestCommittee) -> [Call] {
        [
            world.draft(), world.drafts(), world.conflicts(), world.download(),
            world.process(), world.processes(), world.assigned(), world.bids(),
            world.thread(), .get("/api/draft/getDraftByAuthor"),
            .get("/api/draft/visible/\(world.conference.id)"),
            .post("/api/notification/all"), .post("/api/invitation/received"),
            .post("/api/invitation/sent"),
        ]
    }

    /// Words that nobody in a role may ever find.
    private func forbidden(
        _ role: Role, _ world: TestCommittee, _ state: ConferenceState
    ) -> [String] {
        switch role {
        case _ where Role.outsiders.contains(role): return world.words
        case .chair, .cochair: return []
        case .reviewer: return world.authorWords + [world.account(.newReviewer).id.text]
        case .newReviewer:
            return world.authorWords + [world.account(.reviewer).id.text]
                + [Secret.review, Secret.remarks, Secret.post]
        default:
            let isReleased = [.rebuttal, .discussing, .decided, .released].contains(state)
            return world.reviewerWords + [Secret.remarks, Secret.post]
                + (isReleased ? [] : [Secret.review])
        }
    }

    @Test(arguments: states)
    func `nobody finds a word too much`(state: ConferenceState) async throws {
        let world = try await TestCommittee(state)
        for role in Role.allCases {
            for call in readings(world) {
                let answer = try await world.answer(call, by: role)
                let text = answer.text + "\(answer.headers)"
                let found = forbidden(role, world, state).filter { text.contains($0) }
                #expect(found.isEmpty, "\(call.path) by \(role)")
                #expect(answer.status < 500)
            }
        }
    }

    @Test(arguments: Anonymity.allCases)
    func `who is hidden depends on the conference`(anonymity: Anonymity) async throws {
        let world = try await TestCommittee(.discussing, anonymity: anonymity)
        let showsAuthors = [.open, .singleBlind].contains(anonymity)
        let paper: SubmissionView = try await world.value(world.draft(), by: .reviewer)
        #expect((paper.authors?.count == 3) == showsAuthors)
        #expect((paper.contributor != nil) == showsAuthors)
        let chairs: SubmissionView = try await world.value(world.draft(), by: .chair)
        #expect((chairs.authors != nil) == (anonymity != .tripleBlind))
        let file = try await world.answer(world.download(), by: .reviewer)
        let name = showsAuthors ? Secret.fileName : "submission-1.pdf"
        #expect(file.header("Content-Disposition") == "attachment; filename*=UTF-8''\(name)")
        for role in Role.authors {
            let process: ReviewProcessView = try await world.value(world.process(), by: role)
            let writer = anonymity == .open ? world.account(.reviewer).id : nil
            #expect(process.reviews.map(\.pcMemberId) == [writer])
            #expect(process.reviews.map(\.comment) == [Secret.review])
            #expect(process.reviews.allSatisfy { $0.remarks == nil && $0.version == nil })
        }
    }

    @Test func `a chair finds all that there is`() async throws {
        let world = try await TestCommittee(.discussing)
        let process: ReviewProcessView = try await world.value(world.process(), by: .chair)
        let assigned = [Role.reviewer, .newReviewer].map { world.account($0).id }
        #expect(Set(process.pcMembers ?? []) == Set(assigned))
        #expect(process.reviews.count == 2)
        #expect(process.reviews.contains { $0.remarks == Secret.remarks })
        let thread: ThreadView = try await world.value(world.thread(), by: .chair)
        #expect(thread.posts.map(\.content) == [Secret.post])
        let conflicts: Listed<ConflictView> = try await world.value(
            world.conflicts(), by: .chair)
        let conflicted = [Role.conflicted, .conflictedChair].map { world.account($0).id }
        #expect(Set(conflicts.items.map(\.account)) == Set(conflicted))
    }
}

extension TestCommittee {
    /// What tells of the first paper's authors.
    var authorWords: [String] {
        Role.authors.flatMap { role in
            [account(role).id.text, account(role).fullname, account(role).email?.text ?? "?"]
        } + [Secret.fileName]
    }

    /// What tells of the first paper's reviewers.
    var reviewerWords: [String] {
        [Role.reviewer, .newReviewer].flatMap { role in
            [account(role).id.text, account(role).fullname, account(role).email?.text ?? "?"]
        }
    }

    /// What tells of the first paper at all.
    var words: [String] {
        let own = [paper.id.text, paper.file_id?.text ?? "?", Secret.title, Secret.review]
        return own + [Secret.remarks, Secret.post, Secret.rebuttal] + authorWords
    }
}
