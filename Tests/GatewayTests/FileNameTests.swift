import StarchairAPI
import Testing

/// Names that senders give their files: shown to people, never trusted.
@Suite struct FileNameTests {
    /// What a sender writes, and what is kept of it.
    static let kept: [(sent: String, kept: String)] = [
        ("paper.pdf", "paper.pdf"), ("../../etc/passwd", "passwd"), ("/etc/passwd", "passwd"),
        ("C:\\\\papers\\\\x.pdf", "x.pdf"), ("..\\\\..\\\\x.pdf", "x.pdf"), ("a/b\\\\c", "c"),
        ("", "paper.pdf"), ("/", "paper.pdf"), ("..", "paper.pdf"), (".", "paper.pdf"),
        ("a/..", "paper.pdf"), ("a/../", "paper.pdf"),
        ("\u{1F469}\u{200D}\u{1F680}.pdf", "\u{1F469}\u{200D}\u{1F680}.pdf"),
        ("\u{645}\u{644}\u{641}.pdf", "\u{645}\u{644}\u{641}.pdf"),
        ("e\u{301}.pdf", "e\u{301}.pdf"),
        ("\u{E9}.pdf", "\u{E9}.pdf"), ("\u{301}.pdf", "\u{301}.pdf"),
        ("x\u{600}", "x\u{600}"), ("../\u{301}x", "\u{301}x"), ("a\\\"b.pdf", "a\"b.pdf"),
        ("a;b=c.pdf", "a;b=c.pdf"), ("a'b%00.pdf", "a'b%00.pdf"), ("%2e%2e%2fx", "%2e%2e%2fx"),
        (" spaced .pdf", " spaced .pdf"), ("con", "con"), ("<script>", "<script>"),
        (String(repeating: "n", count: 255), String(repeating: "n", count: 255)),
    ]

    let world: TestConference

    init() async throws { world = try await TestConference() }

    @Test(arguments: kept)
    func `the last part of a name is kept byte for byte`(name: (sent: String, kept: String))
        async throws
    {
        for count in [1, 4096] {
            let form = Form(.file(TestConference.paper, name: name.sent))
            try await expectName(name.kept, of: .upload(form).inPieces(of: count))
        }
    }

    @Test(arguments: kept)
    func `a name in the query is kept as one in a form`(name: (sent: String, kept: String))
        async throws
    {
        let plain = name.sent.replacing("\\\\", with: "\\").replacing("\\\"", with: "\"")
        let encoded = plain.utf8.map { "%" + String(UInt16($0) + 0x100, radix: 16).dropFirst() }
        try await expectName(
            name.kept, of: .pdf(TestConference.paper, query: "?name=" + encoded.joined()))
    }

    @Test(arguments: [
        "a\u{0}b", "a\u{1B}[31m.pdf", "a\rb", "a\u{7F}b", "a\u{85}b", "a\u{202E}fdp.exe",
        "\u{2066}x\u{2069}", String(repeating: "n", count: 256),
        String(repeating: "n", count: 300), String(repeating: "\u{1F600}", count: 300),
    ])
    func `a name that nobody could show is refused`(name: String) async throws {
        let encoded = name.utf8.map { "%" + String(UInt16($0) + 0x100, radix: 16).dropFirst() }
        for call in [
            Call.upload(Form(.file(TestConference.paper, name: name))),
            .pdf(TestConference.paper, query: "?name=" + encoded.joined()),
        ] {
            let before = world.installation.footprint
            let answer = try await world.answer(to: call.by(world.author))
            try world.installation.expectProblem(answer, 400, ["invalidField"])
            let isUnchanged = world.installation.footprint == before
            #expect(isUnchanged)
        }
    }

    @Test(arguments: ["a\r\nSet-Cookie: x=y", "a\nb", "a\r\n\r\nb", "a\"\r\nX-Other: y"])
    func `a name cannot end its line`(name: String) async throws {
        let encoded = name.utf8.map { "%" + String(UInt16($0) + 0x100, radix: 16).dropFirst() }
        for call in [
            Call.upload(Form(.file(TestConference.paper, name: name))),
            .pdf(TestConference.paper, query: "?name=" + encoded.joined()),
        ] {
            let answer = try await world.answer(to: call.by(world.author))
            #expect([201, 400, 422].contains(answer.status))
            #expect(!answer.text.contains("\\n") && !answer.text.contains("\\r"))
            #expect(answer.header("Set-Cookie") == nil && answer.header("X-Other") == nil)
        }
    }

    private func expectName(_ name: String, of call: Call) async throws {
        let file: FileView = try await world.answer(to: call.by(world.author)).data()
        #expect(Array(file.name.utf8) == Array(name.utf8), "\(file.name)")
        let read = try await world.answer(
            to: .get("/api/draft/download/\(file.file_id)").by(world.author))
        let disposition = try #require(read.header("Content-Disposition"))
        let prefix = "attachment; filename*=UTF-8''"
        #expect(disposition.hasPrefix(prefix))
        let encoded = disposition.dropFirst(prefix.count)
        #expect(
            encoded.utf8.allSatisfy { byte in
                byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || byte < 0x3A)
                    && byte > 0x20 && byte != UInt8(ascii: "\"") || byte == UInt8(ascii: "_")
            }, "\(encoded)")
        #expect(Self.decoded(encoded) == Array(name.utf8))
    }

    /// The bytes that percent-encoding stands for (RFC 3986).
    private static func decoded(_ text: Substring) -> [UInt8] {
        let pieces = text.split(separator: "%", omittingEmptySubsequences: false)
        return Array(pieces[0].utf8)
            + pieces.dropFirst().flatMap { piece in
                [UInt8(piece.prefix(2), radix: 16) ?? 0] + Array(piece.dropFirst(2).utf8)
            }
    }
}
