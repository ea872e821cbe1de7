import Testing

/// Every limit can fail, and only beyond it.
@Suite struct LimitRulesTests {
    @Test(arguments: [(300, 0), (301, 1)])
    func `a file has a limit of lines`(count: Int, findings: Int) {
        let text = String(repeating: "a\n", count: count)
        #expect(LimitRules.longFiles(path: "", text: text).count == findings)
    }

    @Test(arguments: [(100, 0), (101, 1)])
    func `a line has a limit of characters`(count: Int, findings: Int) {
        let text = "a\n" + String(repeating: "é", count: count) + "\na"
        #expect(LimitRules.longLines(path: "", text: text).map(\.line) == findings.copies(of: 2))
    }

    @Test(arguments: [
        "func f() {", "init(a: Int = 1) {", "subscript(a: Int) -> Int {", "deinit {",
        "func f<T>(_ a: (T) -> Void = { _ in }) async throws(E) -> @Sendable () -> Void {",
        "func f()\n    where T: Equatable {",
    ])
    func `a function has a limit of lines`(head: String) {
        let lines = 70 - 1 - head.lines.count
        for (more, findings) in [(0, 0), (1, 1)] {
            let body = String(repeating: "\n    if a { b() }", count: lines + more)
            let file = swift("struct A {\n\(head)\(body)\n}\n}")
            #expect(LimitRules.longFunctions(file).map(\.line) == findings.copies(of: 2))
        }
    }

    @Test func `a requirement of a protocol has no length`() {
        let rest = String(repeating: "    var a: Int { get }\n", count: 80)
        let file = swift("protocol A {\n    func f() -> Int\n\(rest)}")
        #expect(LimitRules.longFunctions(file).isEmpty)
    }

    @Test(arguments: [
        ("do { } catch { }", 1), ("do { } catch let e as E {\n // why\n}", 1),
        ("do { } catch { log() }", 0), ("// catch { }", 0),
    ])
    func `an empty catch is found`(text: String, findings: Int) {
        #expect(LimitRules.emptyCatches(swift(text)).count == findings)
    }

    @Test(arguments: LimitRules.marks.sorted())
    func `a word that puts work off is found`(mark: String) {
        let text = "a\n// \(mark): later"
        #expect(LimitRules.markedLines(path: "", text: text).map(\.line) == [2])
        #expect(LimitRules.markedLines(path: "", text: "\(mark)S a\(mark)").isEmpty)
    }

    private func swift(_ text: String) -> SwiftFile {
        SwiftFile(path: "Sources/A/B/C.swift", text: text)
    }
}

extension Int {
    fileprivate func copies(of line: Int) -> [Int] { Array(repeating: line, count: self) }
}
