import Testing

/// The rule of folders can fail.
@Suite struct FolderRuleTests {
    @Test(arguments: FolderRule.folders)
    func `a folder of one machine is found`(folder: String) {
        for text in [
            "\(folder)a", "see \(folder)a", "\"\(folder)a\"", "a:\(folder)a", "//\(folder)",
        ] {
            #expect(findings("\n" + text).map(\.line) == [2])
        }
    }

    @Test(arguments: FolderRule.folders)
    func `a part of a longer path is not found`(folder: String) {
        for text in ["a\(folder)b", "..\(folder)b", "${HOME}\(folder)b", "https://a.b\(folder)"] {
            #expect(findings(text).isEmpty)
        }
    }

    private func findings(_ text: String) -> [Finding] {
        FolderRule.findings(path: "", text: text)
    }
}
