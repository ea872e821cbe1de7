import PeerReview
import Platform
import StarchairAPI
import Testing

/// Deadlines that come by themselves.
@Suite struct DeadlineTests {
    private func propose(
        _ installation: TestInstallation, by chair: Person, deadline: Instant
    ) async throws -> ConferenceView {
        let body = """
            {"shortenForm":"SOON","fullName":"Soon Closed","stopSubmittingTime":"\(deadline)",\
            "settings":{"committeeSizeMinimum":0}}
            """
        return try await installation.answer(
            to: .json("/api/conference/createConference", body).by(chair)
        ).data()
    }

    @Test func `a conference closes at its deadline and opens by hand for good`() async throws {
        var configuration = TestInstallation.Configuration()
        configuration.deliversLetters = true
        let installation = try await TestInstallation(configuration)
        let administrator = try await installation.administrator()
        let chair = try await installation.person("chair")
        let deadline = installation.clock.now + .seconds(3600)
        let proposed = try await propose(installation, by: chair, deadline: deadline)
        try await installation.approve(proposed, by: administrator)
        let opened = try await installation.move(proposed, to: .submitting, by: chair)
        #expect(opened.stopSubmittingTime == deadline)
        installation.clock.advance(by: .seconds(3601))
        var view = opened
        while view.status == .submitting {
            try await installation.clock.sleep(for: .milliseconds(50))
            view = try await installation.answer(
                to: .get("/api/conference/getConferenceById/\(opened.id.text)")
            ).data()
        }
        #expect(view.status == .bidding)
        let reopened = try await installation.move(view, to: .submitting, by: chair)
        #expect(reopened.status == .submitting)
        #expect(reopened.stopSubmittingTime == nil)
    }
}
