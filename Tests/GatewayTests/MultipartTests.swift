import StarchairAPI
import Testing

/// Forms that are damaged, and forms that only look so.
@Suite struct MultipartTests {
    static let content = TestConference.paper
    static let pieceCounts = [1, 2, 3, 7, 4096]

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"", "multipart/form-data; charset=utf-8",
        "multipart/form-data; boundary=\(String(repeating: "b", count: 71))",
        "multipart/form-data; boundary=gr\u{FC}n",
    ])
    func `a form without a boundary is refused`(type: String) async throws {
        let call = Call.upload(Form(.file(Self.content))).with("Content-Type", type)
        try await expectRefusal(of: call, 400, "malformedMultipart")
    }

    @Test(arguments: pieceCounts)
    func `a form with another boundary is refused`(pieceCount: Int) async throws {
        for boundary in ["other", "edge-7f3", "edge-7f3a-", "Edge-7f3a"] {
            let call = Call.upload(Form(.file(Self.content)))
                .with("Content-Type", "multipart/form-data; boundary=\(boundary)")
            try await expectRefusal(
                of: call.inPieces(of: pieceCount), 400, "malformedMultipart", "truncatedUpload")
        }
    }

    @Test func `a form that ends at any byte before its end is refused`() async throws {
        let form = Form(.field("note", Array("hello".utf8)), .file(Self.content))
        for count in form.essence.indices {
            var call = Call.upload(form).withoutLength()
            call.body.bytes = Array(form.bytes.prefix(count))
            try await expectRefusal(
                of: call, 400, "truncatedUpload", "missingFile", "malformedMultipart")
        }
    }

    @Test func `a form that is shorter than it says is refused`() async throws {
        let form = Form(.file(Self.content))
        for count in form.bytes.indices {
            var call = Call.upload(form).with("Content-Length", "\(form.bytes.count)")
            call.body.bytes = Array(form.bytes.prefix(count))
            try await expectRefusal(
                of: call, 400, "truncatedUpload", "missingFile", "malformedMultipart")
        }
    }

    @Test(arguments: pieceCounts)
    func `a form with two files is refused`(pieceCount: Int) async throws {
        let form = Form(.file(Self.content), .file(Self.content, name: "second.pdf"))
        try await expectRefusal(
            of: .upload(form).inPieces(of: pieceCount), 400, "severalFiles")
    }

    @Test(arguments: [
        Form(), Form(.field("note", [])), Form(.field("files", content)), Form(.field("", content)),
        Form(.field("FILE", content)),
    ])
    func `a form without a file is refused`(form: Form) async throws {
        try await expectRefusal(
            of: .upload(form), 400, "missingFile", "malformedMultipart", "truncatedUpload")
    }

    @Test(arguments: [
        "", "Content-Type: application/pdf\r\n", "Content-Disposition: form-data\r\n",
        "Content-Disposition: form-data; filename=\"file\"\r\n", "no header at all\r\n",
        "Content-Disposition form-data; name=file\r\n", "\u{0}\r\n",
    ])
    func `a part without a name is refused`(header: String) async throws {
        let form = Form(Form.Part(header: header, content: Self.content))
        try await expectRefusal(
            of: .upload(form), 400, "malformedMultipart", "missingFile", "truncatedUpload")
    }

    @Test(arguments: pieceCounts)
    func `a part's headers have at most 8 KiB`(pieceCount: Int) async throws {
        var part = Form.Part.file(Self.content)
        part.header += "X-Long: \(String(repeating: "x", count: 8 * 1024))\r\n"
        try await expectRefusal(
            of: .upload(Form(part)).inPieces(of: pieceCount), 400, "malformedMultipart")
    }

    @Test func `another part of 10 MB is refused, before the file and behind it`() async throws {
        let note = Form.Part.field("note", [UInt8](repeating: 0x20, count: 10_000_000))
        for form in [Form(note, .file(Self.content)), Form(.file(Self.content), note)] {
            for call in [Call.upload(form), .upload(form).withoutLength()] {
                try await expectRefusal(of: call.inPieces(of: 65_536), 413, "bodyTooLarge")
            }
        }
    }

    @Test func `what stands around the file is bounded`() async throws {
        var form = Form(.file(Self.content))
        form.epilogue = [UInt8](repeating: 0x20, count: 21 << 20)
        let call = Call.upload(form).withoutLength().inPieces(of: 65_536)
        try await expectRefusal(of: call, 413, "fileTooLarge", "bodyTooLarge")
    }

    private func expectRefusal(of call: Call, _ status: Int, _ codes: String...) async throws {
        let before = world.installation.footprint
        let answer = try await world.answer(to: call.by(world.author))
        try world.installation.expectProblem(answer, status, Set(codes))
        let isUnchanged = world.installation.footprint == before
        #expect(isUnchanged)
    }
}
