import Testing

/// The rule of documentation can fail.
@Suite struct DocumentationRuleTests {
    @Test(arguments: [
        "public struct A {}", "public func f() {}", "// a\npublic let a = 1", "open class A {}",
        "/// a\n\npublic actor A {}", "public final class A {}", "public @Sendable func f() {}",
        "struct A {\n    public init() {}\n}", "public var description: String",
    ])
    func `a public declaration without a sentence is found`(text: String) {
        #expect(findings("Sources/Runtime/A/B.swift", text).count == 1)
        #expect(findings("Sources/Services/A/B.swift", text).isEmpty)
    }

    @Test(arguments: [
        "/// a\npublic struct A {}", "/// a\n@frozen\n@available(a)\npublic struct A {}",
        "/** a */\npublic struct A {}", "public import A", "struct A {}", "let a = b.open()",
        "extension A: Comparable { public static func < (a: A, b: A) -> Bool { true } }",
        "extension A: Codable { public init(from decoder: Decoder) {} }",
        "struct A: Clock { public func now() {} }",
    ])
    func `a sentence, or a protocol that says it, is enough`(text: String) {
        #expect(findings("Sources/Runtime/A/B.swift", text).isEmpty)
    }

    private func findings(_ path: String, _ text: String) -> [Finding] {
        let clock = SwiftFile(path: "", text: "protocol Clock { func now() }")
        return DocumentationRule.findings(SwiftFile(path: path, text: text), Witnesses([clock]))
    }
}
