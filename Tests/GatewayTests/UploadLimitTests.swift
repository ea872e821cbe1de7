import StarchairAPI
import Testing

/// A file has at most 20 MiB.
@Suite(.serialized) struct UploadLimitTests {
    static let limit = 20 * 1024 * 1024

    let world: TestConference

    init() async throws {
        var configuration = TestInstallation.Configuration()
        configuration.inspector = FixedPDFInspector()
        world = try await TestConference(configuration)
    }

    @Test(arguments: [true, false], [true, false])
    func `20 MiB are accepted and one byte more is refused`(
        isForm: Bool, tellsLength: Bool
    ) async throws {
        for excess in [0, 1] {
            let content = [UInt8](repeating: 0x25, count: Self.limit + excess)
            var call = isForm ? Call.upload(Form(.file(content))) : .pdf(content)
            call.tellsLength = tellsLength
            let before = world.installation.footprint
            let answer = try await world.answer(to: call.inPieces(of: 65_536).by(world.author))
            if excess == 0 {
                let file: FileView = try answer.data()
                #expect(file.size == Int64(Self.limit))
                #expect(world.installation.files.count == before.files.count + 1)
            } else {
                try world.installation.expectProblem(answer, 413, ["fileTooLarge"])
                let isUnchanged = world.installation.footprint == before
                #expect(isUnchanged)
            }
        }
    }

    @Test(arguments: [20 * 1024 * 1024 + 64 * 1024 + 1, 1 << 40, Int.max])
    func `a length that is too large is refused before anything is read`(
        length: Int
    ) async throws {
        let call = Call.upload(Form(.file(TestConference.paper))).cut(at: 0)
            .with("Content-Length", "\(length)")
        try await world.installation.expectRefusal(of: call.by(world.author), 413, "fileTooLarge")
    }

    @Test(arguments: ["-1", "0", "1e3", "ten", "99999999999999999999999", "100, 100"])
    func `a length that is none does no harm`(length: String) async throws {
        let call = Call.pdf(TestConference.paper).with("Content-Length", length)
        let answer = try await world.answer(to: call.by(world.author))
        #expect([201, 400].contains(answer.status))
        #expect(world.installation.files.count == (answer.status == 201 ? 1 : 0))
    }
}
