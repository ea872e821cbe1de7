import Foundation
import Testing

/// The formatter, held against this package.
@Suite struct FormatTests {
    let tree: PackageTree

    init() throws { tree = try PackageTree.current.get() }

    @Test func `the formatter has nothing to say`() throws {
        let written = tree.swiftFiles.map(\.path).filter { !$0.contains("/Generated/") }
        let lint = try lint(written)
        #expect(lint.status == 0, "\(lint.output)")
    }

    @Test func `the formatter can fail`() throws {
        let name = "Untidy-\(UUID().uuidString).swift"
        let file = FileManager.default.temporaryDirectory.appending(path: name)
        try Data("let a=1;let b = 2".utf8).write(to: file)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }
        #expect(try lint([file.path]).status != 0)
    }

    private func lint(_ paths: [String]) throws -> Program {
        try Program(
            ["swift", "format", "lint", "--strict", "--parallel", "--configuration"]
                + [tree.root.appending(path: ".swift-format").path] + paths,
            in: tree.root)
    }
}
