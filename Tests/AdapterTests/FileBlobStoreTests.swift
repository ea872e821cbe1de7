import ClusterNetwork
import Foundation
import Glibc
import Platform
import Ports
import Testing

@testable import SystemAdapters

/// How the file blob store uses its folder.
@Suite struct FileBlobStoreTests {
    let system = SystemPlatform.forTests()
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `files and folders are private and stand under two characters`() async throws {
        let store = try open()
        let upload = try await publish("abcdef", in: store)
        await upload.abandon()
        #expect(try folder.names() == ["blobs", "blobs/ab", "blobs/ab/abcdef", "blobs/incoming"])
        for name in ["blobs", "blobs/ab", "blobs/incoming"] {
            #expect(try folder.mode(of: name) == 0o700, "\(name)")
        }
        #expect(try folder.mode(of: "blobs/ab/abcdef") == 0o600)
    }

    @Test func `what was not published is removed when the store is opened`() async throws {
        _ = try open()
        try folder.write([1], to: "blobs/incoming/left")
        _ = try open()
        #expect(try folder.names() == ["blobs", "blobs/incoming"])
    }

    @Test func `an upload that nobody holds any more leaves nothing behind`() async throws {
        let store = try open()
        do {
            let upload = try await store.begin()
            try await upload.append([1, 2, 3])
            #expect(try folder.names().count == 3)
        }
        #expect(try folder.names() == ["blobs", "blobs/incoming"])
    }

    @Test func `a file in place of the folder is refused`() throws {
        try folder.write([], to: "blobs")
        #expect(throws: FolderError.self) { try open() }
        #expect(throws: FolderError.self) {
            try FileBlobStore(folder: folder.path(of: "blobs/inside"), platform: system.platform)
        }
        #expect(throws: FolderError.self) {
            try FileBlobStore(folder: folder.path(of: "no/folder"), platform: system.platform)
        }
    }

    @Test func `a file that does not belong there is not listed`() async throws {
        let store = try open()
        _ = try await publish("abc", in: store)
        try folder.write([], to: "blobs/ab/not an id")
        try folder.write([], to: "blobs/readme.txt")
        let listed = try await store.published(after: nil, limit: 10)
        #expect(listed.map(\.id.text) == ["abc"])
    }

    @Test(arguments: [
        (ENOSPC, StoreError.full), (EDQUOT, .full), (EIO, .unavailable), (EACCES, .unavailable),
    ])
    func `a failed call has a meaning`(code: Int32, expected: StoreError) {
        errno = code
        #expect(StoreError(system: SystemCallError("write")) == expected)
    }

    @Test func `a store whose offload is full is unavailable`() async throws {
        let store = try open()
        await system.offload.shutDown()
        await #expect(throws: StoreError.unavailable) { _ = try await store.begin() }
    }

    private func open() throws -> FileBlobStore {
        try FileBlobStore(folder: folder.path(of: "blobs"), platform: system.platform)
    }

    private func publish(_ text: String, in store: FileBlobStore) async throws -> any BlobUpload {
        let upload = try await store.begin()
        try await upload.append([1])
        try await upload.sync()
        try await upload.publish(try #require(BlobID(text)))
        return upload
    }
}
