import ClusterNetwork
import Conformance
import MemoryAdapters
import Platform
import Ports
import Testing

/// The reference adapters keep what the ports promise.
@Suite struct MemoryConformanceTests {
    let system = SystemPlatform.forTests()

    @Test(arguments: DocumentStoreConformance.checks)
    func `the document store keeps its promise`(
        _ check: Check<DocumentStoreConformance.Subject>
    ) async throws {
        let store = MemoryDocumentStore()
        let opened = Opened(store) { MemoryDocumentStore($0.table) }
        let subject = DocumentStoreConformance.Subject(store, tasks: system.tasks) {
            try await opened.reopen()
        }
        try await check.run(subject)
    }

    @Test(arguments: BlobStoreConformance.checks)
    func `the blob store keeps its promise`(
        _ check: Check<BlobStoreConformance.Subject>
    ) async throws {
        let clock = system.platform.clock
        let store = MemoryBlobStore(clock: clock)
        let opened = Opened(store) { MemoryBlobStore($0.table, clock: clock) }
        let subject = BlobStoreConformance.Subject(store, platform: system.platform) {
            try await opened.reopen()
        }
        try await check.run(subject)
    }

    @Test(arguments: MailerConformance.checks)
    func `the mailer keeps its promise`(
        _ check: Check<MailerConformance.Subject>
    ) async throws {
        let mailer = MemoryMailer()
        let subject = MailerConformance.Subject(mailer, tasks: system.tasks) {
            mailer.letters.map(\.id)
        }
        try await check.run(subject)
    }

    @Test(arguments: PasswordHasherConformance.checks)
    func `the password hasher keeps its promise`(
        _ check: Check<any PasswordHasher>
    ) async throws {
        try await check.run(MemoryPasswordHasher())
    }

    @Test(arguments: PDFInspectorConformance.checks)
    func `the PDF inspector keeps its promise`(
        _ check: Check<PDFInspectorConformance.Subject>
    ) async throws {
        let blobs = MemoryBlobStore(clock: system.platform.clock)
        try await check.run(
            PDFInspectorConformance.Subject(MemoryPDFInspector(), blobs: blobs))
    }
}
