import Ports
import StarchairAPI
import StarchairGateway
import Testing

/// Pages that read slowly, and sessions that cannot be asked about.
@Suite(.timeLimit(.minutes(30))) struct LiveSlowTests {
    let desk: LiveDesk

    init() async throws { desk = try await LiveDesk() }

    @Test func `a page that reads slowly is sent nothing long after a sign-out`() async throws {
        for count in 1...60 { try await desk.tell(desk.reader, count) }
        let page = ScriptedPage(isSlow: true)
        let reason = try await desk.end(of: page) {
            page.readOne()
            try await desk.until { page.texts.count == 1 }
            _ = try await desk.installation.answer(
                to: .post("/api/user/logout").by(desk.reader))
            try await desk.pass(.seconds(10), resting: 0)
            page.readAll()
            try await desk.until {
                desk.clock.advance(by: .milliseconds(100))
                return page.closed != nil
            }
        }
        #expect(reason == .policyViolation)
        // The one that was on its way.
        #expect(page.texts.count <= 2)
    }

    @Test func `a page that reads slowly is served on`() async throws {
        for count in 1...3 { try await desk.tell(desk.reader, count) }
        let page = ScriptedPage(isSlow: true)
        let reason = try await desk.end(of: page) {
            for count in 1...3 {
                try await desk.pass(.seconds(9), resting: 0)
                page.readOne()
                try await desk.until {
                    desk.clock.advance(by: .milliseconds(10))
                    return page.texts.count == count || page.closed != nil
                }
            }
            #expect(page.texts.count == 3 && page.closed == nil)
            page.leave()
        }
        #expect(reason == .normal)
    }

    @Test func `a page whose session nobody can confirm is asked to come back`() async throws {
        let page = ScriptedPage()
        try await desk.tell(desk.reader, 1)
        let reason = try await desk.end(of: page) {
            try await desk.until { page.texts.count == 1 }
            desk.installation.store(.user).isAway = true
            try await desk.until {
                desk.clock.advance(by: .milliseconds(100))
                return page.closed != nil
            }
        }
        #expect(reason == .tryAgainLater)
        #expect(page.texts.count == 1)
    }
}
