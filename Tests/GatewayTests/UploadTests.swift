import StarchairAPI
import Testing
import Trials

/// What an upload must be, and what is left of one that was not.
@Suite struct UploadTests {
    static let encrypted = Array(
        String(decoding: TestConference.paper, as: UTF8.self)
            .replacing("/Root 1 0 R", with: "/Root 1 0 R /Encrypt 6 0 R").utf8)

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: [
        [], [0], Array("hello".utf8), Array("%PDF-1.4".utf8), Array("%PDF-1.4\n%%EOF\n".utf8),
        Array("MZ\u{90}".utf8), Array("<html>%PDF-1.4 %%EOF</html>".utf8),
        Array(TestConference.paper.dropFirst(9)),
    ])
    func `what is no PDF is refused`(bytes: [UInt8]) async throws {
        try await expectRefusal(of: .pdf(bytes), 422, "notAPDF")
        try await expectRefusal(of: .upload(Form(.file(bytes))), 422, "notAPDF")
    }

    @Test func `a PDF that needs a password is refused`() async throws {
        try await expectRefusal(of: .pdf(Self.encrypted), 422, "encryptedPDF")
        try await expectRefusal(of: .upload(Form(.file(Self.encrypted))), 422, "encryptedPDF")
    }

    @Test(arguments: [
        "", "application/json", "application/octet-stream", "text/plain", "image/png",
        "application/pdfx", "multipart/mixed; boundary=edge-7f3a", "multipart/form-dat",
    ])
    func `another content type is refused`(type: String) async throws {
        let call = Call.pdf(TestConference.paper).with("Content-Type", type)
        try await expectRefusal(of: call, 415, "wrongContentType")
    }

    @Test func `an upload whose connection breaks leaves nothing`() async throws {
        let form = Form(.file(TestConference.paper))
        for count in 0...form.bytes.count {
            for call in [Call.upload(form), .upload(form).withoutLength()] {
                try await expectNothing(of: call.cut(at: count).by(world.author))
            }
        }
        for count in 0...TestConference.paper.count {
            let call = Call.pdf(TestConference.paper).cut(at: count)
            try await expectNothing(of: call.by(world.author))
        }
    }

    @Test func `a bare PDF that is shorter than it says is refused`() async throws {
        for count in TestConference.paper.indices {
            let call = Call.pdf(Array(TestConference.paper.prefix(count)))
                .with("Content-Length", "\(TestConference.paper.count)")
            try await expectRefusal(of: call, 400, "truncatedUpload")
        }
    }

    @Test func `nobody uploads without a session, and nothing of it is read`() async throws {
        let call = Call.upload(Form(.file(TestConference.paper))).cut(at: 0)
        try await world.installation.expectRefusal(of: call, 401, "signInRequired")
        try await world.installation.expectRefusal(
            of: call.session("forged"), 401, "signInRequired")
    }

    @Test func `an account has at most 20 unused uploads`() async throws {
        for _ in 0..<20 { _ = try await world.file() }
        try await expectRefusal(of: .pdf(TestConference.paper), 409, "tooManyFiles")
        _ = try await world.file(by: world.coauthor)
    }

    @Test func `an upload says what arrived`() async throws {
        let file = try await world.file()
        #expect(file.size == Int64(TestConference.paper.count) && file.pages == 1)
        #expect(file.sha256.utf8.count == 64)
        let read = try await world.answer(
            to: .get("/api/draft/download/\(file.file_id)").by(world.author))
        #expect(read.body == TestConference.paper)
        #expect(read.header("ETag") == "\"\(file.sha256)\"")
        #expect(read.header("Content-Type") == "application/pdf")
    }

    private func expectRefusal(of call: Call, _ status: Int, _ codes: String...) async throws {
        let before = world.installation.footprint
        let answer = try await world.answer(to: call.by(world.author))
        try world.installation.expectProblem(answer, status, Set(codes))
        let isUnchanged = world.installation.footprint == before
        #expect(isUnchanged)
    }

    private func expectNothing(of call: Call) async throws {
        let before = world.installation.footprint
        let answer = try await world.answer(to: call)
        #expect(answer.status >= 400)
        let isUnchanged = world.installation.footprint == before
        #expect(isUnchanged)
    }
}
