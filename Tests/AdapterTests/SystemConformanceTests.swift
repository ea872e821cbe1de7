import ClusterNetwork
import Conformance
import Foundation
import Platform
import Ports
import SystemAdapters
import Testing

/// The adapters of the operating system keep what the ports promise.
@Suite struct SystemConformanceTests {
    let system = SystemPlatform.forTests()

    @Test(arguments: BlobStoreConformance.checks)
    func `the blob store keeps its promise`(
        _ check: Check<BlobStoreConformance.Subject>
    ) async throws {
        let folder = try TemporaryFolder()
        let platform = system.platform
        let store = try FileBlobStore(folder: folder.path(of: "blobs"), platform: platform)
        let subject = BlobStoreConformance.Subject(store, platform: platform) {
            try FileBlobStore(folder: folder.path(of: "blobs"), platform: platform)
        }
        try await check.run(subject)
    }

    @Test(arguments: MailerConformance.checks)
    func `the mailer keeps its promise`(
        _ check: Check<MailerConformance.Subject>
    ) async throws {
        let folder = try TemporaryFolder()
        let sender = try #require(MailAddress("chair@example.org"))
        let mailer = try SpoolMailer(
            folder: folder.path(of: "spool"), sender: sender, platform: system.platform)
        let subject = MailerConformance.Subject(mailer, tasks: system.tasks) {
            try folder.names().filter { $0.hasSuffix(".eml") }
                .map { String($0.dropFirst("spool/".count).dropLast(".eml".count)) }
        }
        try await check.run(subject)
    }

    @Test(arguments: PasswordHasherConformance.checks)
    func `the password hasher keeps its promise`(
        _ check: Check<any PasswordHasher>
    ) async throws {
        let cheap = Argon2Parameters(memoryKibibyteCount: 64, passCount: 1, laneCount: 1)
        try await check.run(Argon2PasswordHasher(cheap, offload: system.offload))
    }

    @Test(arguments: PDFInspectorConformance.checks)
    func `the PDF inspector keeps its promise`(
        _ check: Check<PDFInspectorConformance.Subject>
    ) async throws {
        let folder = try TemporaryFolder()
        let inspector = try ProcessPDFInspector(
            folder: folder.path(of: "copies"), platform: system.platform)
        let blobs = try FileBlobStore(
            folder: folder.path(of: "blobs"), platform: system.platform)
        try await check.run(PDFInspectorConformance.Subject(inspector, blobs: blobs))
        #expect(try folder.names().filter { $0.hasPrefix("copies/") } == [])
    }

    @Test(arguments: PlatformConformance.checks)
    func `the platform keeps its promise`(_ check: Check<Platform>) async throws {
        try await check.run(system.platform)
    }
}
