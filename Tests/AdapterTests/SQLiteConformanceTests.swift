import ClusterNetwork
import Conformance
import SQLiteAdapters
import Testing

/// The SQLite store keeps what the port promises.
@Suite struct SQLiteConformanceTests {
    let system = SystemPlatform.forTests()

    @Test(arguments: DocumentStoreConformance.checks)
    func `the document store keeps its promise`(
        _ check: Check<DocumentStoreConformance.Subject>
    ) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "documents.db")
        let store = try SQLiteDocumentStore(path: path)
        let opened = Opened(store) {
            try $0.close()
            return try SQLiteDocumentStore(path: path)
        }
        let subject = DocumentStoreConformance.Subject(store, tasks: system.tasks) {
            try await opened.reopen()
        }
        try await check.run(subject)
        withExtendedLifetime(folder) {}
    }
}
