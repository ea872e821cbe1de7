import PeerReview
import StarchairAPI
import Testing

/// The inbox: numbered without gaps, its holder's own, read and unread.
@Suite(.timeLimit(.minutes(30))) struct NotificationTests {
    let desk: LiveDesk

    init() async throws { desk = try await LiveDesk() }

    private func inbox(
        of person: Person, _ query: String = ""
    ) async throws -> ListPage<NotificationView> {
        try await desk.installation.answer(
            to: .post("/api/notification/all\(query)").by(person)
        ).data()
    }

    private func change(_ id: NotificationID, _ status: String) -> Call {
        .json(
            "/api/notification/changeNotificationStatus",
            "{\"id\":\"\(id)\",\"status\":\"\(status)\"}")
    }

    @Test func `an inbox is numbered without gaps, whoever writes at once`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for count in 1...6 {
                for person in [desk.reader, desk.other] {
                    group.addTask { try await desk.tell(person, count) }
                }
            }
            // Who came second rests a little before it is decided anew.
            async let _: Void = desk.letTimePass()
            try await group.waitForAll()
        }
        for person in [desk.reader, desk.other] {
            let all = try await inbox(of: person)
            #expect(all.items.map(\.sequence) == [6, 5, 4, 3, 2, 1] && all.next == nil)
            #expect(Set(all.items.map(\.id)).count == 6)
            #expect(all.items.allSatisfy { $0.receiver == person.account.id })
            #expect(all.items.allSatisfy { $0.status == .unread })
        }
    }

    @Test func `pages of an inbox make up all of it, though more comes in between`()
        async throws
    {
        for count in 1...5 { try await desk.tell(desk.reader, count) }
        var (query, found) = ("?limit=2", [Int64]())
        for round in 0..<10 {
            let page = try await inbox(of: desk.reader, query)
            #expect(page.items.count <= 2)
            found += page.items.map(\.sequence)
            if round == 0 { try await desk.tell(desk.reader, 6) }
            guard let next = page.next else { break }
            query = "?limit=2&after=\(next.text)"
        }
        #expect(found == [5, 4, 3, 2, 1])
    }

    @Test func `what was read may be unread again`() async throws {
        try await desk.tell(desk.reader, 1)
        let first = try #require(try await inbox(of: desk.reader).items.first)
        for status in ["read", "read", "unread", "read"] {
            let changed: NotificationView = try await desk.installation.answer(
                to: change(first.id, status).by(desk.reader)
            ).data()
            #expect(changed.status.rawValue == status && changed.sequence == 1)
            let read: NotificationView = try await desk.installation.answer(
                to: .get("/api/notification/getNotificationById/\(first.id)").by(desk.reader)
            ).data()
            #expect(read == changed)
        }
        for status in ["", "Read", "deleted"] {
            try await desk.installation.expectRefusal(
                of: change(first.id, status).by(desk.reader), 400, "invalidField")
        }
    }

    @Test func `somebody else's notification is none`() async throws {
        try await desk.tell(desk.reader, 1)
        let first = try #require(try await inbox(of: desk.reader).items.first)
        for id in [first.id, "unknown"] {
            for call in [
                change(id, "read"), .get("/api/notification/getNotificationById/\(id)"),
            ] {
                try await desk.installation.expectRefusal(
                    of: call.by(desk.other), 404, "noSuchNotification")
                try await desk.installation.expectRefusal(of: call, 401, "signInRequired")
            }
        }
        #expect(try await inbox(of: desk.other).items.isEmpty)
    }

    @Test func `people are told what concerns them, each once`() async throws {
        let world = try await TestCommittee(.submitting, isAlive: true)
        try await world.advance(to: .released)
        let expected: [(TestCommittee.Role, [NotificationEvent.Kind])] = [
            (.author, [.submissionReceived, .reviewsReleased, .decisionReleased]),
            (.coauthor, [.submissionReceived, .reviewsReleased, .decisionReleased]),
            (.rival, [.submissionReceived, .reviewsReleased, .decisionReleased]),
            (.reviewer, [.assigned]), (.newReviewer, [.assigned, .discussed]),
            (.stranger, []), (.unverified, []), (.member, []), (.otherChair, [.conferenceMoved]),
        ]
        for (role, kinds) in expected {
            let person = try #require(world.person(role))
            var found: [NotificationEvent.Kind] = []
            repeat {
                try await world.installation.clock.sleep(for: .milliseconds(10))
                let call = Call.post("/api/notification/all").by(person)
                let page: ListPage<NotificationView> = try await world.installation.answer(
                    to: call
                ).data()
                let numbers = page.items.map { Int($0.sequence) }
                #expect(numbers == (0..<numbers.count).map { numbers.count - $0 })
                found = page.items.map(\.event.kind)
                let secrets = [world.account(.reviewer).id.text, TestCommittee.Secret.post]
                for item in page.items {
                    #expect(!item.event.parameters.values.contains { secrets.contains($0) })
                }
            } while found.count < kinds.count
            #expect(found.map(\.rawValue).sorted() == kinds.map(\.rawValue).sorted(), "\(role)")
        }
    }
}
