import StarchairAPI
import Testing

/// A change names the version that it was made from.
@Suite struct VersionTests {
    let world: TestConference
    let submission: SubmissionView

    init() async throws {
        world = try await TestConference()
        submission = try await world.submission()
    }

    private func change(version: String? = nil) -> Call {
        let version = version.map { ",\"version\":\($0)" } ?? ""
        return .json(
            "/api/draft/modifyDraft", "{\"id\":\"\(submission.id)\",\"title\":\"New\"\(version)}"
        ).by(world.author)
    }

    @Test(arguments: ["0", "2", "-1", "9223372036854775807"])
    func `another version is refused`(version: String) async throws {
        for call in [change(version: version), change().with("If-Match", "\"\(version)\"")] {
            let answer = try await world.installation.expectRefusal(
                of: call, 412, "versionConflict")
            #expect(try answer.problem().parameters == ["version": "1"])
        }
    }

    @Test func `no version is refused`() async throws {
        for call in [change(), change(version: "null")] {
            try await world.installation.expectRefusal(of: call, 428, "versionRequired")
        }
    }

    @Test(arguments: [
        "W/\"1\"", "*", "", "\"\"", "x", "\"1\", \"2\"", "\"1", "1\"", "\"1.0\"", "\"0x1\"",
        "\"+1\"", "\"99999999999999999999\"", "W/1", "\u{661}", "\"\"1\"\"", "1",
    ])
    func `what matches no version exactly is refused`(header: String) async throws {
        for call in [change(), change(version: "1")] {
            try await world.installation.expectRefusal(
                of: call.with("If-Match", header), 412, "versionConflict")
        }
    }

    @Test func `the right version is changed once`() async throws {
        let answer = try await world.answer(to: change().with("If-Match", "\"1\""))
        #expect(answer.status == 200 && answer.header("ETag") == "\"2\"")
        try await world.installation.expectRefusal(
            of: change().with("If-Match", "\"1\""), 412, "versionConflict")
    }
}
