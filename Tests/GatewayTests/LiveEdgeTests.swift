import Ports
import StarchairAPI
import StarchairGateway
import Testing

/// Open pages: who may have one, what it is sent, and how it ends.
@Suite(.timeLimit(.minutes(30))) struct LiveEdgeTests {
    let desk: LiveDesk

    init() async throws { desk = try await LiveDesk() }

    private func expectRefused(
        _ admission: LiveEdge.Admission, _ status: Int, _ code: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .refused(let found, let problem) = admission else {
            Issue.record("admitted", sourceLocation: sourceLocation)
            return
        }
        let text = String(decoding: problem, as: UTF8.self)
        #expect(found.code == status, "\(text)", sourceLocation: sourceLocation)
        #expect(text.contains("\"code\":\"\(code)\""), sourceLocation: sourceLocation)
    }

    private func isAdmitted(_ admission: LiveEdge.Admission) -> Bool {
        if case .admitted = admission { true } else { false }
    }

    @Test func `only who is signed in has a page`() async throws {
        expectRefused(await desk.admission(nil), 401, "signInRequired")
        for token in ["", "x", "unknown", String(desk.reader.session.dropLast())] {
            expectRefused(
                await desk.admission(nil, "") { $0.session(token) }, 401, "signInRequired")
        }
        #expect(isAdmitted(await desk.admission(desk.reader)))
        _ = try await desk.installation.answer(to: .post("/api/user/logout").by(desk.reader))
        expectRefused(await desk.admission(desk.reader), 401, "signInRequired")
    }

    @Test(arguments: OriginTests.foreign)
    func `another site's page has none`(origin: String) async {
        expectRefused(
            await desk.admission(desk.reader) { $0.with("Origin", origin) }, 403,
            "foreignOrigin")
    }

    @Test func `a page goes on after a number`() async {
        for text in ["", "-1", "x", "1.5", "9223372036854775808", "%00", "1%20", "0x1"] {
            expectRefused(
                await desk.admission(desk.reader, "?after=\(text)"), 400, "invalidCursor")
        }
        for text in ["0", "1", "9223372036854775807"] {
            #expect(isAdmitted(await desk.admission(desk.reader, "?after=\(text)")))
        }
        let own = await desk.admission(desk.reader) { $0.with("Origin", "http://test.example") }
        #expect(isAdmitted(own))
    }

    @Test func `each notification comes once and in order, over any number of pages`()
        async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var told = 0
            // One batch exactly, more than one, and a few.
            for count in [50, 51, 3] {
                for _ in 0..<count {
                    told += 1
                    try await desk.tell(desk.reader, told)
                }
                let (page, last) = (ScriptedPage(), told - count)
                try await desk.open(page, of: desk.reader, after: last, in: &group)
                try await desk.until { page.texts.count >= count }
                page.leave()
                try await desk.until { page.closed != nil }
                let received = try LiveDesk.received(page)
                #expect(received.map(\.sequence) == (last + 1...told).map(Int64.init))
                let counts = (last + 1...told).map { "\($0)" }
                #expect(received.map { $0.event.parameters["count"] } == counts)
                #expect(received.allSatisfy { $0.receiver == desk.reader.account.id })
                #expect(page.closed == .normal && page.closingCount == 1)
            }
        }
    }

    @Test func `every page of a person is told at once, and nobody else's`() async throws {
        let live = desk.installation.live
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await live.listen() }
            let pages = [ScriptedPage(), ScriptedPage()]
            let foreign = ScriptedPage()
            for page in pages { try await desk.open(page, of: desk.reader, in: &group) }
            try await desk.open(foreign, of: desk.other, in: &group)
            for count in 1...4 {
                try await desk.tell(desk.reader, count)
                try await desk.until { pages.allSatisfy { $0.texts.count >= count } }
            }
            try await desk.tell(desk.other, 5)
            try await desk.until { !foreign.texts.isEmpty }
            for page in pages { #expect(try LiveDesk.sequences(page) == [1, 2, 3, 4]) }
            #expect(try LiveDesk.sequences(foreign) == [1])
            group.cancelAll()
        }
    }

    @Test func `what nobody hints at is found all the same`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let page = ScriptedPage()
            try await desk.tell(desk.reader, 1)
            try await desk.open(page, of: desk.reader, in: &group)
            try await desk.until { page.texts.count == 1 }
            // It rests before it is told: nothing wakes it.
            try await desk.rest(1)
            try await desk.tell(desk.reader, 2)
            try await desk.pass(.seconds(15), resting: 1)
            try await desk.until { page.texts.count == 2 }
            #expect(try LiveDesk.sequences(page) == [1, 2])
            group.cancelAll()
        }
    }
}
