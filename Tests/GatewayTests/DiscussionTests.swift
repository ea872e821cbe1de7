import PeerReview
import StarchairAPI
import Testing

/// What reviewers and chairs say to each other, and as whom.
@Suite struct DiscussionTests {
    typealias Role = TestCommittee.Role
    typealias Secret = TestCommittee.Secret

    /// A discussion in which both reviewers and a chair have said something, the chair second.
    private func talk(_ anonymity: Anonymity = .doubleBlind) async throws -> TestCommittee {
        let world = try await TestCommittee(.discussing, anonymity: anonymity)
        try await world.done(world.say("The chair's word."), by: .chair)
        try await world.done(world.score(), by: .newReviewer)
        try await world.done(world.say("The second's word."), by: .newReviewer)
        try await world.done(world.say("Once more."), by: .reviewer)
        return world
    }

    @Test(arguments: Anonymity.allCases)
    func `names stay the same and are shown as the conference wants`(
        anonymity: Anonymity
    ) async throws {
        let world = try await talk(anonymity)
        let isShown = [.open, .singleBlind].contains(anonymity)
        let (first, second) = (
            world.account(.reviewer).fullname, world.account(.newReviewer).fullname
        )
        let chair = world.account(.chair).fullname
        for role in [Role.reviewer, .newReviewer, .chair, .cochair] {
            let thread: ThreadView = try await world.value(world.thread(), by: role)
            let showsAll = isShown || [.chair, .cochair].contains(role)
            let one = showsAll || role == .reviewer ? first : "Reviewer 1"
            let other = showsAll || role == .newReviewer ? second : "Reviewer 3"
            #expect(thread.posts.map(\.username) == [one, chair, other, one], "\(role)")
            let own = thread.posts.map { $0.isOwn }
            let expected: [Bool] = [.reviewer, .chair, .newReviewer, .reviewer].map { $0 == role }
            #expect(own == expected)
        }
    }

    @Test func `an answer answers a post and nothing answers an answer`() async throws {
        let world = try await talk()
        let thread: ThreadView = try await world.value(world.thread(), by: .chair)
        let post = try #require(thread.posts.first)
        let reply: PostView = try await world.value(
            world.reply("Why?", to: post.id.text), by: .newReviewer)
        for id in [reply.id.text, "unknown", world.paper.id.text] {
            try await world.refused(
                world.reply("No.", to: id), by: .reviewer, 404, "noSuchPost")
        }
        let after: ThreadView = try await world.value(world.thread(), by: .reviewer)
        #expect(after.posts.first?.comments.map(\.content) == ["Why?"])
        #expect(after.posts.first?.comments.map(\.username) == ["Reviewer 3"])
        #expect(after.posts.dropFirst().allSatisfy { $0.comments.isEmpty })
    }

    @Test func `what is said has words, and not too many`() async throws {
        let world = try await TestCommittee(.discussing)
        let thread: ThreadView = try await world.value(world.thread(), by: .chair)
        let post = try #require(thread.posts.first?.id.text)
        let long = String(repeating: "x", count: 5001)
        for text in ["", long, "a\\u0000b", "\\u202e"] {
            for call in [world.say(text), world.reply(text, to: post)] {
                try await world.refused(
                    call, by: .reviewer, 400, "invalidField", ["field": "content"])
            }
        }
        try await world.done(world.say(String(long.dropLast())), by: .reviewer)
    }

    @Test func `a discussion is read by who has reviewed`() async throws {
        let world = try await TestCommittee(.discussing)
        for call in [world.thread(), world.say()] {
            try await world.refused(call, by: .newReviewer, 404, "noSuchSubmission")
        }
        try await world.done(
            world.score(nil, confidence: nil, confirm: false), by: .newReviewer)
        try await world.refused(world.thread(), by: .newReviewer, 404, "noSuchSubmission")
        try await world.done(world.score(version: 1), by: .newReviewer)
        let thread: ThreadView = try await world.value(world.thread(), by: .newReviewer)
        #expect(thread.posts.map(\.content) == [Secret.post])
        try await world.done(world.declare(of: .newReviewer), by: .chair)
        for call in [world.thread(), world.say()] {
            try await world.refused(call, by: .newReviewer, 404, "noSuchSubmission")
        }
    }

    @Test func `a discussion is held while it is time and read afterwards`() async throws {
        let world = try await TestCommittee(.reviewing)
        for role in [Role.reviewer, .chair] {
            try await world.refused(
                world.say(), by: role, 409, "windowClosed", ["state": "reviewing"])
        }
        try await world.advance(to: .released)
        let thread: ThreadView = try await world.value(world.thread(), by: .reviewer)
        let post = try #require(thread.posts.first?.id.text)
        for call in [world.say(), world.reply("Late.", to: post)] {
            try await world.refused(
                call, by: .reviewer, 409, "windowClosed", ["state": "released"])
        }
        try await world.refused(world.thread(), by: .author, 404, "noSuchSubmission")
    }

    @Test func `pages of a discussion make up all of it`() async throws {
        let world = try await talk()
        let whole: ThreadView = try await world.value(world.thread(), by: .chair)
        for post in whole.posts {
            for text in ["a", "b"] {
                try await world.done(world.reply(text, to: post.id.text), by: .chair)
            }
        }
        for limit in [1, 2, 5] {
            var (query, said) = ("?limit=\(limit)", [String]())
            for _ in 0..<20 {
                let page: ThreadView = try await world.value(
                    world.thread(nil, query), by: .reviewer)
                for post in page.posts {
                    if !said.contains(post.content) { said.append(post.content) }
                    said += post.comments.map { "\(post.content)/\($0.content)" }
                }
                guard let next = page.next else { break }
                query = "?limit=\(limit)&after=\(next.text)"
            }
            let expected = whole.posts.flatMap {
                [$0.content, "\($0.content)/a", "\($0.content)/b"]
            }
            #expect(said == expected, "\(limit)")
        }
    }
}
