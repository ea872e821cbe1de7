import Testing

/// The rules see code, and nothing that only looks like it.
@Suite struct SwiftFileTests {
    @Test(arguments: [
        "a // b", "a /* b /* b */ b */", "a \"b\"", "a \"\\\"b\"", "a #\"b\"b\"#", "a `b c`",
        "a \"\"\"\n b \"b\" \n\"\"\"", "a #/b\"/#", "a = /b\"/", "a \"\\(a(\"b\"))\"",
    ])
    func `comments, literals and quoted names are no code`(text: String) {
        let words = Set(words(text))
        #expect(words.contains("a"))
        #expect(!words.contains("b"))
    }

    @Test(arguments: [
        "\"x\" a", "\"\\(a)\"", "#\"\\#(a)\"#", "\"\"\"\nx \\(f { a }) \"x\"\n\"\"\"", "1 / a / 2",
        "\"\\\\\" + a", "/* x */ a", "// x\na", "`x` a", "#/x/# a", "\"\" a", "(x / 2, a)",
        "\"\\(\"\\(a)\")\"", "\"unfinished\na",
    ])
    func `what stands beside them or is interpolated is code`(text: String) {
        #expect(words(text).contains("a"))
    }

    @Test func `a token knows its line`() {
        let file = SwiftFile(path: "", text: "a\n/* \n */ \"\"\"\n\n\"\"\" \n@b\n")
        #expect(file.tokens.last == Token(text: "@b", line: 6))
        #expect(file.lines.count == 6)
    }

    private func words(_ text: String) -> [String] {
        SwiftFile(path: "", text: text).tokens.map(\.text)
    }
}
