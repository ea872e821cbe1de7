import StarchairAPI
import Testing

/// A form's content arrives as it was sent, however it was cut into pieces.
@Suite struct MultipartContentTests {
    static let pieceCounts = [1, 2, 3, 7, 4096]

    let world: TestConference

    init() async throws {
        var configuration = TestInstallation.Configuration()
        configuration.inspector = FixedPDFInspector()
        world = try await TestConference(configuration)
    }

    @Test(arguments: pieceCounts)
    func `pieces of any size give the same file`(pieceCount: Int) async throws {
        try await expectContent(TestConference.paper, inPieces: pieceCount)
    }

    @Test(arguments: pieceCounts)
    func `what is like a delimiter is content`(pieceCount: Int) async throws {
        let almost = [
            "-edge-7f3a", "\r\n--edge-7f3", "\r\r\n--edge-7f3", "\n--edge-7f3a--\r\n", "\r",
            "\r\n-edge-7f3a", "\r\n--Edge-7f3a\r\n", "\r\n\r\n", "--", "\r\n--", "\n--edge-7f3a\n",
        ]
        for text in almost {
            try await expectContent(Array(text.utf8), inPieces: pieceCount)
            try await expectContent(
                Array((text + text + "x" + text).utf8), inPieces: pieceCount)
        }
    }

    @Test(arguments: pieceCounts)
    func `random bytes with many line breaks arrive unchanged`(pieceCount: Int) async throws {
        var random = SplitMix64(seed: UInt64(pieceCount))
        let alphabet = Array("\r\n-edge7f3a".utf8) + [0, 0xFF]
        for _ in 0..<4 {
            let content = (0..<2000).map { _ in alphabet[random.below(alphabet.count)] }
            try await expectContent(content, inPieces: pieceCount)
        }
    }

    @Test(arguments: pieceCounts)
    func `other parts, a preamble and an epilogue are passed over`(pieceCount: Int) async throws {
        var form = Form(
            .field("note", Array("hello".utf8)), .field("empty", []),
            .file(TestConference.paper), .field("last", Array("bye".utf8)))
        form.preamble = Array("This is a form.\r\nIgnore this.".utf8)
        form.epilogue = Array("\r\nand this --edge-7f3a\r\n".utf8)
        try await expectContent(TestConference.paper, of: form, inPieces: pieceCount)
    }

    @Test(arguments: pieceCounts)
    func `a part that ends with its headers is empty`(pieceCount: Int) async throws {
        let header = "Content-Disposition: form-data; name=\"note\"\r\n"
        let form = Form(.file(TestConference.paper))
        var call = Call.upload(form).inPieces(of: pieceCount)
        call.body.bytes = Array("--edge-7f3a\r\n\(header)\r\n".utf8) + form.bytes
        let file: FileView = try await world.answer(to: call.by(world.author)).data()
        #expect(file.size == Int64(TestConference.paper.count))
    }

    @Test(arguments: pieceCounts)
    func `content that begins with the delimiter is refused`(pieceCount: Int) async throws {
        let form = Form(.file(Array("--edge-7f3a and more".utf8)))
        try await world.installation.expectRefusal(
            of: .upload(form).inPieces(of: pieceCount).by(world.author), 400, "malformedMultipart")
    }

    @Test(arguments: [
        "multipart/form-data; boundary=\"edge-7f3a\"", "Multipart/Form-Data;boundary=edge-7f3a",
        "multipart/form-data; charset=utf-8; BOUNDARY=edge-7f3a",
    ])
    func `the boundary may be written in every way`(type: String) async throws {
        let call = Call.upload(Form(.file(TestConference.paper))).with("Content-Type", type)
        #expect(try await world.answer(to: call.by(world.author)).status == 201)
    }

    private func expectContent(
        _ content: [UInt8], of form: Form? = nil, inPieces count: Int
    ) async throws {
        let author = try await world.installation.person(
            "author-\(world.installation.files.count)")
        let call = Call.upload(form ?? Form(.file(content))).inPieces(of: count)
        let file: FileView = try await world.answer(to: call.by(author)).data()
        let read = try await world.answer(
            to: .get("/api/draft/download/\(file.file_id)").by(author))
        #expect(read.status == 200)
        #expect(read.body == content)
        #expect(file.name == "paper.pdf" && file.size == Int64(content.count))
    }
}
