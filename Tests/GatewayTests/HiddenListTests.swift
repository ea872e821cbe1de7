import PeerReview
import StarchairAPI
import Testing

/// What is hidden leaves no trace in lists: neither in their length nor in where they go on.
@Suite struct HiddenListTests {
    typealias Role = TestCommittee.Role

    @Test func `lists of a chair leave out what the chair is conflicted with`() async throws {
        let world = try await TestCommittee(.reviewing)
        for query in ["", "?limit=1", "?limit=2", "?limit=100"] {
            try await expect(world, by: .conflictedChair, query, [world.second])
        }
        // The last one hidden, instead of the first.
        try await world.done(world.declare(of: .cochair, on: world.second), by: .chair)
        for query in ["", "?limit=1", "?limit=2"] {
            try await expect(world, by: .cochair, query, [world.paper])
        }
    }

    /// A list of each kind shows these papers and nothing after them.
    private func expect(
        _ world: TestCommittee, by role: Role, _ query: String, _ papers: [SubmissionView],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let drafts: ListPage<SubmissionView> = try await world.value(
            world.drafts(query), by: role)
        #expect(drafts.items.map(\.id) == papers.map(\.id), sourceLocation: sourceLocation)
        #expect(drafts.next == nil, "\(query)", sourceLocation: sourceLocation)
        let processes: ListPage<ReviewProcessView> = try await world.value(
            world.processes(query), by: role)
        #expect(processes.items.map(\.draftId) == papers.map(\.id), sourceLocation: sourceLocation)
        #expect(processes.next == nil, "\(query)", sourceLocation: sourceLocation)
    }

    @Test func `pages of one make up what may be seen, whatever is hidden between`()
        async throws
    {
        let world = try await TestCommittee(.submitting)
        let desk = TestDesk(installation: world.installation, conference: world.conference.id)
        var papers = [world.paper, world.second]
        for number in 3...7 {
            papers.append(try await desk.paper("Paper \(number)", by: world.person(.rival)))
        }
        try await world.done(world.move(to: .bidding), by: .chair)
        let hidden = [0, 2, 3, 6]
        for index in hidden {
            try await world.done(world.declare(on: papers[index]), by: .member)
        }
        let seen = papers.indices.filter { !hidden.contains($0) }.map { papers[$0].id }
        for path in ["getDraftByConference", "visible"] {
            for limit in [1, 2, 3, 4] {
                var (query, found, pages) = ("?limit=\(limit)", [SubmissionID](), 0)
                while pages < 10 {
                    let call = Call.get("/api/draft/\(path)/\(world.conference.id)\(query)")
                    let page: ListPage<SubmissionView> = try await world.value(
                        call, by: .member)
                    pages += 1
                    found += page.items.map(\.id)
                    guard let next = page.next else { break }
                    #expect(page.items.count == limit)
                    query = "?limit=\(limit)&after=\(next.text)"
                }
                #expect(found == seen)
                #expect(pages == (seen.count + limit - 1) / limit, "\(limit)")
            }
        }
    }

    @Test func `a reviewer's list has what is assigned, and no more`() async throws {
        let world = try await TestCommittee(.reviewing)
        for (role, papers) in [
            (Role.reviewer, [world.paper]), (.newReviewer, [world.paper]),
            (.conflicted, [world.second]), (.member, []), (.chair, []), (.author, []),
            (.rival, []), (.stranger, []),
        ] {
            for query in ["", "?limit=1"] {
                let page: ListPage<ReviewProcessView> = try await world.value(
                    world.assigned(query), by: role)
                #expect(page.items.map(\.draftId) == papers.map(\.id))
                #expect(page.next == nil)
                guard [.reviewer, .newReviewer, .conflicted, .member].contains(role) else {
                    continue
                }
                let drafts: ListPage<SubmissionView> = try await world.value(
                    world.drafts(query), by: role)
                #expect(drafts.items.map(\.id) == papers.map(\.id))
                #expect(drafts.next == nil)
            }
        }
    }

    @Test func `a made-up cursor shows nothing that is hidden`() async throws {
        let world = try await TestCommittee(.discussing)
        let calls: [(String) -> Call] = [
            { world.drafts($0) }, { world.processes($0) }, { world.assigned($0) },
            { world.bids($0) }, { world.thread(nil, $0) },
            { .post("/api/notification/all\($0)") }, { .post("/api/invitation/sent\($0)") },
        ]
        let longest = String(repeating: "ab", count: 512)
        for key in ["", "00", "05", "ff", "0500", "04ffffffffffffffff", longest] {
            for role in [Role.conflicted, .conflictedChair, .stranger, .author] {
                for call in calls {
                    let answer = try await world.answer(call("?after=\(key).61"), by: role)
                    #expect([200, 403, 404].contains(answer.status), "\(answer.text)")
                    let told =
                        [TestCommittee.Secret.post, TestCommittee.Secret.remarks]
                        + (role == .author ? [] : [TestCommittee.Secret.title])
                    #expect(told.allSatisfy { !answer.text.contains($0) })
                }
            }
        }
    }
}
