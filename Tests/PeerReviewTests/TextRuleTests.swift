import PeerReview
import Testing

/// Which texts people may give.
struct TextRuleTests {
    private static let line = TextRule("line", 1...40)
    private static let page = TextRule("page", 1...40, isMultiline: true)
    private static let standard: [TextRule] = [
        .username, .fullName, .password, .company, .area, .shortForm, .conferenceName, .location,
        .title, .summary, .topic, .fileName,
    ]

    @Test(arguments: [
        "Ada", "Zoë", "Zoe\u{308}", "名前", "עברית", "مرحبا بالعالم", "नमस्ते", "🧑🏽‍🚀", "👨‍👩‍👧‍👦", "🇨🇭",
        "a\u{300}\u{301}",
        "‘quoted’ – dashed", "O'Brien; DROP TABLE", "<script>", "a\u{200D}b", "a\u{200C}b",
        "\u{301}", "100 %", "\u{10FFFF}", "\u{E000}",
    ])
    func `letters of every script, marks and emoji are welcome`(text: String) {
        #expect(Self.line.accepts(text))
        #expect(Self.page.accepts(text))
    }

    @Test func `control characters and marks that turn the direction are refused everywhere`() {
        var refused = Array(0x00...0x1F) + Array(0x7F...0x9F)
        refused.removeAll { [0x09, 0x0A, 0x0D].contains($0) }
        refused += Array(0x202A...0x202E) + Array(0x2066...0x2069)
        for value in refused {
            let scalar = Unicode.Scalar(UInt32(value)) ?? "x"
            for text in [
                "\(scalar)", "a\(scalar)", "\(scalar)a", "a\(scalar)b", "e\(scalar)\u{301}",
            ] {
                #expect(!Self.line.accepts(text), "U+\(String(value, radix: 16))")
                #expect(!Self.page.accepts(text), "U+\(String(value, radix: 16))")
            }
        }
    }

    @Test(arguments: ["\n", "\r", "\r\n", "\t", "\u{2028}", "\u{2029}"])
    func `lines are broken only where a text may have several`(end: String) {
        #expect(!Self.line.accepts("a\(end)b"))
        #expect(Self.page.accepts("a\(end)b"))
    }

    @Test(arguments: standard.map(\.name))
    func `a text is as long as its rule says and one character more or less is not`(
        name: String
    ) throws {
        let rule = try #require(Self.standard.first { $0.name == name })
        let (low, high) = (rule.characterCount.lowerBound, rule.characterCount.upperBound)
        for letter in ["a", "é", "e\u{301}", "名", "🧑"] {
            let text = { String(repeating: letter, count: $0) }
            #expect(rule.accepts(text(high)), "\(letter)")
            #expect(!rule.accepts(text(high + 1)), "\(letter)")
            #expect(rule.accepts(text(low)), "\(letter)")
            if low > 0 { #expect(!rule.accepts(text(low - 1)), "\(letter)") }
        }
    }

    @Test func `only a rule that begins at zero takes an empty text`() {
        for rule in Self.standard {
            #expect(rule.accepts("") == (rule.characterCount.lowerBound == 0), "\(rule.name)")
        }
    }

    @Test func `one character of endless marks is too long`() {
        let text = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(text.count == 1)
        for rule in Self.standard { #expect(!rule.accepts(text), "\(rule.name)") }
    }

    @Test func `a huge text is refused by its size alone`() {
        // Counting its characters would cost a thousand times as much as all of this does.
        let text = String(repeating: "e\u{301}", count: 4_000_000)
        for _ in 0..<10_000 {
            if Self.line.accepts(text) { Issue.record("a huge text was taken") }
        }
    }
}
