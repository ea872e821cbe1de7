import Ports
import StarchairAPI
import StarchairGateway
import Testing

/// How the connection of a page ends.
@Suite(.timeLimit(.minutes(30))) struct LiveEndTests {
    let desk: LiveDesk

    init() async throws { desk = try await LiveDesk() }

    @Test func `a page that sends something is closed`() async throws {
        for text in ["{}", "", "hello"] {
            let page = ScriptedPage()
            #expect(try await desk.end(of: page) { page.type(text) } == .policyViolation)
        }
    }

    @Test func `a page that leaves is left`() async throws {
        let page = ScriptedPage()
        #expect(try await desk.end(of: page) { page.leave() } == .normal)
        let broken = ScriptedPage()
        #expect(try await desk.end(of: broken) { broken.leave(.closed) } == .normal)
    }

    @Test(arguments: [LiveCloseReason.protocolError, .unsupportedData, .invalidText, .tooLarge])
    func `a page that breaks the rules is told which`(reason: LiveCloseReason) async throws {
        let page = ScriptedPage()
        #expect(try await desk.end(of: page) { page.leave(.malformed(reason)) } == reason)
    }

    @Test func `a page that does not read is closed`() async throws {
        try await desk.tell(desk.reader, 1)
        let slow = ScriptedPage(failingWith: .slow)
        #expect(try await desk.end(of: slow) {} == .policyViolation)
        let gone = ScriptedPage(failingWith: .closed)
        #expect(try await desk.end(of: gone) {} == .normal)
    }

    @Test func `after a sign-out nothing is sent and the page is closed`() async throws {
        let page = ScriptedPage()
        let reason = try await desk.end(of: page) {
            try await desk.rest(1)
            let answer = try await desk.installation.answer(
                to: .post("/api/user/logout").by(desk.reader))
            #expect(answer.status == 200)
            try await desk.tell(desk.reader, 1)
            try await desk.pass(LiveDesk.interval, resting: 1)
        }
        #expect(reason == .policyViolation)
        #expect(page.texts.isEmpty)
    }

    @Test func `a sign-out ends the pages of its session only`() async throws {
        let second = Person(
            account: desk.reader.account,
            session: try await desk.installation.signIn("reader"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (page, kept) = (ScriptedPage(), ScriptedPage())
            try await desk.open(page, of: desk.reader, in: &group)
            try await desk.open(kept, of: second, in: &group)
            try await desk.rest(2)
            _ = try await desk.installation.answer(
                to: .post("/api/user/logout").by(desk.reader))
            try await desk.pass(LiveDesk.interval, resting: 2)
            try await desk.until { page.closed != nil }
            #expect(page.closed == .policyViolation && kept.closed == nil)
            try await desk.tell(desk.reader, 1)
            try await desk.pass(.seconds(15), resting: 1)
            try await desk.until { kept.texts.count == 1 }
            group.cancelAll()
        }
    }

    @Test func `a person has 20 pages at most`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await desk.tell(desk.reader, 1)
            let pages = (0..<20).map { _ in ScriptedPage() }
            for page in pages { try await desk.open(page, of: desk.reader, in: &group) }
            try await desk.until { pages.allSatisfy { $0.texts.count == 1 } }
            let (extra, other) = (ScriptedPage(), ScriptedPage())
            try await desk.open(extra, of: desk.reader, in: &group)
            try await desk.until { extra.closed != nil }
            #expect(extra.closed == .tryAgainLater && extra.texts.isEmpty)
            try await desk.tell(desk.other, 1)
            try await desk.open(other, of: desk.other, in: &group)
            try await desk.until { other.texts.count == 1 }
            pages[7].leave()
            try await desk.until { pages[7].closed != nil }
            // Its place is free a moment after it was closed.
            var next = ScriptedPage()
            repeat {
                next = ScriptedPage()
                try await desk.open(next, of: desk.reader, in: &group)
                try await desk.until { [next] in next.closed != nil || next.texts.count == 1 }
            } while next.closed != nil
            #expect(pages.allSatisfy { $0 === pages[7] || $0.closed == nil })
            group.cancelAll()
        }
    }
}
