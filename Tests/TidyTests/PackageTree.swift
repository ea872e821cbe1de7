import Foundation

/// The files of this package that git knows or would take.
struct PackageTree {
    /// The tree that this file stands in, read once.
    static let current = Result { try PackageTree(root: findRoot()) }

    let root: URL
    /// Paths from the root, in order.
    let paths: [String]
    /// The text of every file that is text.
    let texts: [String: String]
    /// The files of Swift.
    let swiftFiles: [SwiftFile]

    private init(root: URL) throws {
        self.root = root
        let listing = try Program(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], in: root)
        guard listing.status == 0 else { throw listing }
        paths = Set(listing.output.split(separator: "\0").map(String.init)).sorted()
        var texts: [String: String] = [:]
        for path in paths {
            let url = root.appending(path: path)
            guard FileManager.default.fileExists(atPath: url.path) else { continue }
            texts[path] = String(data: try Data(contentsOf: url), encoding: .utf8)
        }
        self.texts = texts
        swiftFiles = texts.filter { $0.key.hasSuffix(".swift") }.sorted { $0.key < $1.key }
            .map { SwiftFile(path: $0.key, text: $0.value) }
    }

    /// The files in which size and shape are limited.
    var sources: [(path: String, text: String)] {
        texts.sorted { $0.key < $1.key }.filter { path, _ in
            ["Sources/", "Simulations/", "Tests/"].contains(where: path.hasPrefix)
                && [".swift", ".c", ".h"].contains(where: path.hasSuffix)
        }.map { ($0.key, $0.value) }
    }

    private static func findRoot() throws -> URL {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let manifest = folder.appending(path: "Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { return folder }
        }
        throw CocoaError(.fileNoSuchFile)
    }
}

/// A program that ran to its end.
struct Program: Error {
    let status: Int32
    /// What it wrote, errors too.
    let output: String

    /// Runs a program that is found on PATH.
    init(_ arguments: [String], in folder: URL) throws {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
