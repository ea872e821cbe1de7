import Conformance
import Testing

@testable import MongoAdapters

/// The stores on MongoDB keep what the ports promise.
@Suite struct MongoConformanceTests {
    @Test(arguments: DocumentStoreConformance.checks)
    func `the document store keeps its promise`(
        _ check: Check<DocumentStoreConformance.Subject>
    ) async throws {
        let fixture = try MongoFixture()
        let database = MongoFixture.databaseName()
        let subject = DocumentStoreConformance.Subject(
            try await fixture.documentStore(database), tasks: fixture.system.tasks
        ) {
            try await fixture.documentStore(database)
        }
        try await check.run(subject)
    }

    @Test(arguments: BlobStoreConformance.checks)
    func `the blob store keeps its promise`(
        _ check: Check<BlobStoreConformance.Subject>
    ) async throws {
        let fixture = try MongoFixture()
        let database = MongoFixture.databaseName()
        let platform = fixture.system.platform
        let subject = BlobStoreConformance.Subject(
            try await fixture.blobStore(database), platform: platform
        ) {
            try await fixture.blobStore(database)
        }
        try await check.run(subject)
    }
}
