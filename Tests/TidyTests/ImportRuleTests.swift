import Testing

/// The rule of imports can fail.
@Suite struct ImportRuleTests {
    let table = ["Sources/Runtime/Cluster": "BSON Platform", "Simulations": "Cluster"]

    @Test(arguments: [
        "import Glibc", "public import Glibc", "@testable import Glibc", "import struct Glibc.FILE",
        "@_spi(Deep) import Glibc", "import BSON; import Glibc", "#if os(Linux)\nimport Glibc",
        "import Glibc.POSIX",
    ])
    func `a module outside the row is found`(text: String) {
        let findings = findings("Sources/Runtime/Cluster/Deep/Node.swift", text)
        #expect(findings.map(\.message) == ["Sources/Runtime/Cluster must not import Glibc"])
    }

    @Test(arguments: [
        "import BSON", "// import Glibc", "let a = \"import Glibc\"", "#if canImport(Glibc)",
        "import struct Platform.Instant",
    ])
    func `a module of the row, or none, is not found`(text: String) {
        #expect(findings("Sources/Runtime/Cluster/Node.swift", text).isEmpty)
    }

    @Test func `a target without a row is found`() {
        #expect(findings("Sources/Runtime/New/A.swift", "").count == 1)
        #expect(findings("Sources/A.swift", "").count == 1)
    }

    @Test func `the simulations are one target, and their examples none`() {
        #expect(findings("Simulations/Negative/A.swift", "import BSON").count == 1)
        #expect(findings("Simulations/Examples/Counter/A.swift", "import BSON").isEmpty)
    }

    @Test func `a row without a target is found`() {
        let paths = ["Sources/Runtime/Cluster/Node.swift", "Tests/ATests/A.swift"]
        #expect(ImportRule.staleRows(paths: paths, table: table).map(\.path) == ["Simulations"])
    }

    private func findings(_ path: String, _ text: String) -> [Finding] {
        ImportRule.findings(SwiftFile(path: path, text: text), table: table)
    }
}
