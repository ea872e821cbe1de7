import ClusterNetwork
import Conformance
import Foundation
import MemoryAdapters
import Ports
import SystemAdapters
import Testing

/// Real, damaged and hostile files, read by the real program.
@Suite struct ProcessPDFInspectorTests {
    let system = SystemPlatform.forTests()
    let folder: TemporaryFolder
    let sample = SamplePDF(pageCount: 3).bytes

    init() throws { folder = try TemporaryFolder() }

    @Test func `a file that needs a password is encrypted`() async throws {
        let file = try encrypted(user: "secret", owner: "owner")
        #expect(try await verdict(on: file) == .encrypted)
    }

    @Test func `a file that is encrypted but opens without a password is a document`()
        async throws
    {
        let file = try encrypted(user: "", owner: "owner")
        #expect(try await verdict(on: file) == .document(pageCount: 3))
    }

    @Test func `a file whose table is damaged is read as far as it can be`() async throws {
        let text = String(decoding: sample, as: UTF8.self)
        let damaged = text.replacing("xref\n0", with: "xxxx\n0")
        #expect(try await verdict(on: Array(damaged.utf8)) == .document(pageCount: 3))
    }

    @Test func `a header behind other bytes is found within the first 1024`() async throws {
        let noise = [UInt8](repeating: 0x20, count: 500)
        #expect(try await verdict(on: noise + sample) == .document(pageCount: 3))
        #expect(try await verdict(on: noise + noise + noise + sample) == .notAPDF)
    }

    @Test(arguments: ["-3", "0", "99999999999999999999", "(x)"])
    func `a page count that is none is not a PDF`(count: String) async throws {
        let text = String(decoding: sample, as: UTF8.self)
            .replacing("/Count 3", with: "/Count \(count)")
        #expect(try await verdict(on: Array(text.utf8)) == .notAPDF)
    }

    @Test func `a truncated file is not a PDF`() async throws {
        #expect(try await verdict(on: Array(sample.prefix(sample.count / 3))) == .notAPDF)
    }

    /// A cross-reference stream of 2 MiB that grows to 128 MiB, under a limit of 64 MiB.
    @Test func `a stream that would fill the memory is not a PDF`() async throws {
        var limits = PDFInspectionLimits()
        limits.memoryByteCount = 64 << 20
        let runs = (0..<(2 << 20)).map { UInt8($0 % 2 == 0 ? 0x81 : 0) }
        let head =
            "%PDF-1.5\n1 0 obj\n<< /Type /XRef /W [1 2 1] /Size 5 /Root 1 0 R "
            + "/Filter /RunLengthDecode /Length \(runs.count) >>\nstream\n"
        let tail = "\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
        let file = Array(head.utf8) + runs + Array(tail.utf8)
        #expect(try await verdict(on: file, limits: limits) == .notAPDF)
    }

    @Test func `a program that is missing is named`() throws {
        #expect(throws: PDFInspectorError.missingTool("qpdf")) { try inspector(tools: []) }
        try tool("echo 1")
        #expect(throws: PDFInspectorError.missingTool("prlimit")) {
            try inspector(tools: [folder.path])
        }
    }

    @Test func `a file in place of the folder is refused`() throws {
        try folder.write([], to: "copies")
        #expect(throws: PDFInspectorError.self) { try inspector() }
    }

    @Test func `copies that a crash left are removed`() throws {
        _ = try inspector()
        try folder.write([1], to: "copies/left.pdf")
        _ = try inspector()
        #expect(try folder.names() == ["copies"])
    }

    @Test func `a larger file than allowed is not copied`() async throws {
        var limits = PDFInspectionLimits()
        limits.fileByteCountMaximum = 100
        await #expect(throws: StoreError.self) {
            try await verdict(on: sample, limits: limits)
        }
        #expect(try folder.names() == ["copies"])
    }

    @Test func `the child knows nothing of its parent's environment`() async throws {
        try tool("if [ -z \"$HOME\" ]; then echo 7; fi")
        #expect(try await verdict(on: sample, tools: true) == .document(pageCount: 7))
    }

    @Test func `a child that computes for too long found no PDF`() async throws {
        try tool("while :; do :; done")
        var limits = PDFInspectionLimits()
        limits.processorTime = .seconds(1)
        #expect(try await verdict(on: sample, limits: limits, tools: true) == .notAPDF)
    }

    @Test func `a child that does not come to its end is unavailable`() async throws {
        try tool("exec sleep 600")
        var limits = PDFInspectionLimits()
        limits.wallTime = .milliseconds(200)
        await #expect(throws: StoreError.unavailable) {
            try await verdict(on: sample, limits: limits, tools: true)
        }
        #expect(try folder.names().filter { $0.hasPrefix("copies/") } == [])
    }

    @Test(arguments: [
        "while :; do echo 1234567890; done", "while :; do echo 1234567890 >&2; done",
        "kill -SEGV $$", "echo x", "echo 1 2", "echo 3 > /dev/null; exit 2",
    ])
    func `a child that floods, crashes or babbles found no PDF`(script: String) async throws {
        try tool(script)
        #expect(try await verdict(on: sample, tools: true) == .notAPDF)
    }

    @Test(arguments: ["exit 1", "exit 77", "kill -KILL $$"])
    func `a child that did not work is unavailable`(script: String) async throws {
        try tool(script)
        await #expect(throws: StoreError.unavailable) {
            try await verdict(on: sample, tools: true)
        }
    }

    @Test func `more inspections at once than allowed are unavailable`() async throws {
        var limits = PDFInspectionLimits()
        limits.processCountMaximum = 0
        await #expect(throws: StoreError.unavailable) {
            try await verdict(on: sample, limits: limits)
        }
    }

    private func inspector(
        limits: PDFInspectionLimits = PDFInspectionLimits(),
        tools: [String] = ProcessPDFInspector.toolFolders
    ) throws -> ProcessPDFInspector {
        try ProcessPDFInspector(
            folder: folder.path(of: "copies"), platform: system.platform, limits: limits,
            toolFolders: tools)
    }

    private func verdict(
        on bytes: [UInt8], limits: PDFInspectionLimits = PDFInspectionLimits(),
        tools: Bool = false
    ) async throws -> PDFVerdict {
        let folders = (tools ? [folder.path] : []) + ProcessPDFInspector.toolFolders
        let subject = PDFInspectorConformance.Subject(
            try inspector(limits: limits, tools: folders),
            blobs: MemoryBlobStore(clock: system.platform.clock))
        return try await subject.verdict(on: bytes)
    }

    /// Puts a shell script in the place of `qpdf`.
    private func tool(_ script: String) throws {
        try folder.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "qpdf")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: folder.path(of: "qpdf"))
    }

    private func encrypted(user: String, owner: String) throws -> [UInt8] {
        try folder.write(sample, to: "plain.pdf")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/qpdf")
        process.arguments = [
            "--encrypt", user, owner, "256", "--", folder.path(of: "plain.pdf"),
            folder.path(of: "encrypted.pdf"),
        ]
        try process.run()
        process.waitUntilExit()
        return try folder.bytes(of: "encrypted.pdf")
    }
}
