import Testing

/// The rules, held against this package.
@Suite struct TreeTests {
    let tree: PackageTree

    init() throws { tree = try PackageTree.current.get() }

    @Test func `a target imports only what its row of the table allows`() {
        expectNone(tree.swiftFiles.flatMap { ImportRule.findings($0, table: AllowedImports.table) })
    }

    @Test func `every row of the table has its target`() {
        let paths = tree.swiftFiles.map(\.path)
        expectNone(ImportRule.staleRows(paths: paths, table: AllowedImports.table))
    }

    @Test func `nothing that a seed must decide escapes it`() {
        expectNone(tree.swiftFiles.flatMap(BanRule.findings))
    }

    @Test func `files, lines and functions keep their limits`() {
        expectNone(tree.sources.flatMap(LimitRules.longFiles))
        expectNone(tree.sources.flatMap(LimitRules.longLines))
        expectNone(tree.swiftFiles.flatMap(LimitRules.longFunctions))
    }

    @Test func `no work is put off and no error is swallowed`() {
        expectNone(tree.texts.flatMap(LimitRules.markedLines))
        expectNone(tree.swiftFiles.flatMap(LimitRules.emptyCatches))
    }

    @Test func `every public declaration of the runtime says what it promises`() {
        let witnesses = Witnesses(tree.swiftFiles)
        expectNone(tree.swiftFiles.flatMap { DocumentationRule.findings($0, witnesses) })
    }

    @Test func `no file names a folder of one machine`() {
        expectNone(tree.texts.flatMap(FolderRule.findings))
    }

    @Test func `the whole tree is seen`() {
        let paths = tree.swiftFiles.map(\.path)
        #expect(paths.contains("Package.swift"))
        #expect(paths.contains("Tests/TidyTests/TreeTests.swift"))
        #expect(tree.texts.keys.contains("starchair"))
    }

    private func expectNone(
        _ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard !findings.isEmpty else { return }
        let list = findings.map(\.description).sorted().joined(separator: "\n")
        Issue.record("\(list)", sourceLocation: sourceLocation)
    }
}
