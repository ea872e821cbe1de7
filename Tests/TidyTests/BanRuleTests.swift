import Testing

/// Every ban can fail.
@Suite struct BanRuleTests {
    @Test(arguments: BanRule.banned)
    func `what is banned is found where a seed decides`(code: String) {
        let text = "func f() {\n    \(code)\n}"
        for folder in BanRule.determined {
            #expect(findings("\(folder)/A/B.swift", text).map(\.line) == [2])
        }
        #expect(findings("Sources/Services/StarchairServer/B.swift", text).isEmpty)
        #expect(findings("Sources/Runtime/ClusterNetwork/B.swift", text).isEmpty)
    }

    @Test(arguments: [
        "Task\n{ }", "Task(priority: .high) { }", "let a = Task<Void, Never> { }", "try ? f()",
        "Int.random(in: 1...2)", "Foundation.Date()", "nonisolated( unsafe) var a = 0",
        "\"\\(UUID())\"",
    ])
    func `another way to write it is found`(text: String) {
        #expect(findings("Sources/Domain/A/B.swift", text).count == 1)
    }

    @Test(arguments: [
        "let a: Task<Void, Never>", "StartedTask {}", "a.tasks.start { }", "Dates()", "try f()",
        "// Task {", "\"Task.sleep\"", "a ? b : c", "MyThread()", "try! f()", "`Thread`",
        "@MainActorLike", "Task.isCancelled",
    ])
    func `what only looks like it is not found`(text: String) {
        #expect(findings("Sources/Domain/A/B.swift", text).isEmpty)
    }

    @Test func `only programs print`() {
        let text = "print(1)"
        #expect(findings("Sources/Adapters/A/B.swift", text).count == 1)
        #expect(findings("Simulations/A.swift", text).count == 1)
        #expect(findings("Sources/Executables/simulate/B.swift", text).isEmpty)
        #expect(findings("Sources/Adapters/A/B.swift", "a.print(1)\nfunc print() {}").isEmpty)
    }

    private func findings(_ path: String, _ text: String) -> [Finding] {
        BanRule.findings(SwiftFile(path: path, text: text))
    }
}
