import Testing

/// The tables of who asks whom, held against the sources.
@Suite struct AuthorityTests {
    @Test func `the architecture says whom everybody asks and tells, and nothing else`() throws {
        let tree = try PackageTree.current.get()
        let table = AuthorityTable(try #require(tree.texts[AuthorityTable.path]))
        #expect(table.errands.count > 20)
        let findings = AuthorityRule.findings(tree.swiftFiles, table: table)
        let list = findings.map(\.description).sorted().joined(separator: "\n")
        #expect(findings.isEmpty, "\(list)")
    }

    @Test(arguments: [
        ("client.call(Ask(a: 1), context)", "Ask → InnService", "asks"),
        ("client.call(Self.asked(), context)", "Ask → InnService", "asks"),
        (".calling(Self.carts, with: Ask.self, as: .farm)", "Ask → InnService", "carts"),
        (".publishing(Self.carts, to: .news, as: .farm)", "Hear → InnService", "carts"),
        ("OutboxRoute(to: Self.carts, Grain.self) { }", "Grain → a port", "carts"),
    ])
    func `what a service asks and tells stands in a table`(code: String, pair: String, way: String)
    {
        let header = way == "asks" ? Self.questions : Self.told
        let third = way == "asks" ? "always" : way
        let row = "\(header)\n| \(pair) | FarmService | \(third) | now |\n"
        #expect(findings(in: code, row).isEmpty)
        #expect(findings(in: code, "").count == 1)
        #expect(findings(in: "", row).count == 1)
        let other = row.replacing("FarmService", with: "InnService")
        #expect(findings(in: code, other).count == 2)
    }

    @Test func `a question to another authority than its own is found`() {
        let row = "\(Self.questions)\n| Ask → FarmService | FarmService | always | now |\n"
        #expect(findings(in: "client.call(Ask(a: 1), context)", row).count == 2)
    }

    @Test(arguments: [
        "client.call(message, context)", "client.call(Self.unknown(), context)",
        "let message = Ask(a: 1)", "let type = Ask.self", ".calling(other, with: Ask.self)",
        "EventInbox(Ask.self, from: .others, bus: bus)",
    ])
    func `a message that goes nobody sees where is found`(code: String) {
        #expect(!findings(in: code, "").isEmpty)
    }

    @Test func `what a service answers is not what it asks`() {
        #expect(findings(in: "Handler(Ask.self) { }", "").isEmpty)
    }

    @Test func `a route of the gateway passes on what its own service is asked`() {
        let row = "\(Self.questions)\n| Ask → InnService | StarchairGateway | always | now |\n"
        let code = "func f() { gateway.call(Ask(a: 1), context) }"
        let gateway = "Sources/Services/StarchairGateway"
        #expect(findings(in: code, "", at: "\(gateway)/InnRoutes.swift").isEmpty)
        #expect(findings(in: code, "", at: "\(gateway)/FarmRoutes.swift").count == 1)
        #expect(findings(in: code, row, at: "\(gateway)/FarmRoutes.swift").isEmpty)
    }

    @Test(arguments: [
        "| Ask → InnService | FarmService | always |\n",
        "| Ask → InnService | FarmService | always | |\n",
        "| Ask | FarmService | always | now |\n",
        "| Ask → InnService | FarmService, FarmService | always | now |\n",
    ])
    func `a row says four things, once`(row: String) {
        let table = AuthorityTable("\(AuthorityTable.heading)\n\(Self.questions)\n\(row)")
        #expect(table.findings.count == 1)
    }

    @Test func `a table under another heading promises nothing`() {
        let row = "| Ask → InnService | FarmService | always | now |\n"
        let text = "\(AuthorityTable.heading)\n## Bounds\n\(Self.questions)\n\(row)"
        #expect(AuthorityTable(text).errands.isEmpty)
    }

    private static let questions =
        "| question → authority | asked by | when | at most so old |\n|---|---|---|---|"
    private static let told =
        "| told → receiver | by | route | how late |\n|---|---|---|---|"

    /// What is found when the code stands in a service, beside an inn that is asked and told.
    private func findings(
        in code: String, _ rows: String,
        at path: String = "Sources/Services/FarmService/FarmService.swift"
    ) -> [Finding] {
        let files = [
            ("Sources/Domain/StarchairAPI/Inn.swift", "struct Ask: InnMessage, Query {}"),
            ("Sources/Domain/StarchairAPI/News.swift", "struct Hear: InnMessage, Command {}"),
            (
                "Sources/Services/InnService/InnService.swift",
                "let inbox = EventInbox(Hear.self, from: .news, bus: bus)"
            ),
            ("Sources/Services/FarmService/Questions.swift", "func asked() -> Ask { }"),
            (path, code),
        ]
        return AuthorityRule.findings(
            files.map { SwiftFile(path: $0.0, text: $0.1) },
            table: AuthorityTable("\(AuthorityTable.heading)\n\(rows)"))
    }
}
