import Platform
import Ports

/// What every ``BlobStore`` promises.
public enum BlobStoreConformance {
    /// A store to be checked.
    public struct Subject: Sendable {
        /// The store; it is empty.
        public let store: any BlobStore
        /// The platform that the store was given.
        public let platform: Platform

        private let onReopen: @Sendable () async throws -> any BlobStore

        /// Describes an empty store.
        ///
        /// - Parameter reopen: closes the store and opens what it left on disk; the first store
        ///   is not used again.
        public init(
            _ store: any BlobStore, platform: Platform,
            reopen: @escaping @Sendable () async throws -> any BlobStore
        ) {
            self.store = store
            self.platform = platform
            onReopen = reopen
        }

        /// The same store after a restart.
        func reopened() async throws -> Subject {
            Subject(try await onReopen(), platform: platform, reopen: onReopen)
        }
    }

    /// All checks, each for a fresh subject.
    public static let checks: [Check<Subject>] = uploads + reads + listing + durability

    /// The most bytes that one read gives.
    static let readByteCountMaximum = 256 << 10

    /// A file's name from a literal that is one.
    static func id(_ text: String) -> BlobID {
        guard let id = BlobID(text) else { preconditionFailure("\(text) is no id") }
        return id
    }
}

extension BlobStoreConformance.Subject {
    func publish(_ text: String, _ bytes: [UInt8] = [1]) async throws(StoreError) {
        let upload = try await store.begin()
        try await upload.append(bytes)
        try await upload.sync()
        try await upload.publish(BlobStoreConformance.id(text))
    }

    func read(
        _ text: String, from offset: Int64 = 0, byteCount: Int = 1 << 20
    ) async throws(StoreError) -> [UInt8]? {
        try await store.read(BlobStoreConformance.id(text), from: offset, byteCount: byteCount)
    }

    func names(after text: String? = nil, limit: Int = 100) async throws(StoreError) -> [String] {
        let id = text.map(BlobStoreConformance.id)
        return try await store.published(after: id, limit: limit).map(\.id.text)
    }
}
