import Ports

/// What every ``PDFInspector`` promises.
public enum PDFInspectorConformance {
    /// An inspector to be checked.
    public struct Subject: Sendable {
        /// The inspector.
        public let inspector: any PDFInspector
        /// An empty store that it can read.
        public let blobs: any BlobStore

        /// Describes an inspector.
        public init(_ inspector: any PDFInspector, blobs: any BlobStore) {
            self.inspector = inspector
            self.blobs = blobs
        }

        /// What the inspector says of a file of these bytes.
        public func verdict(on bytes: [UInt8]) async throws -> PDFVerdict {
            let id = BlobStoreConformance.id("file")
            let upload = try await blobs.begin()
            try await upload.append(bytes)
            try await upload.sync()
            try await upload.publish(id)
            return try await inspector.inspect(id, in: blobs)
        }
    }

    /// All checks, each for a fresh subject.
    public static let checks: [Check<Subject>] = [
        Check("a document is known by its pages") { subject in
            for count in [1, 2, 30] {
                let found = try await subject.verdict(on: SamplePDF(pageCount: count).bytes)
                try expect("the verdict", found, is: .document(pageCount: count))
            }
        },
        Check("a document of several reads is read to its end") { subject in
            let file = SamplePDF(pageCount: 6000).bytes
            try expect("that it needs two reads", file.count > 256 << 10)
            let found = try await subject.verdict(on: file)
            try expect("the verdict", found, is: .document(pageCount: 6000))
        },
        Check("a document without pages is not a PDF") { subject in
            let found = try await subject.verdict(on: SamplePDF(pageCount: 0).bytes)
            try expect("the verdict", found, is: .notAPDF)
        },
        Check("a document that needs a password is encrypted") { subject in
            let file = SamplePDF(pageCount: 2, isEncrypted: true).bytes
            try expect("the verdict", try await subject.verdict(on: file), is: .encrypted)
        },
        Check("a file that is none or only begins as one is not a PDF") { subject in
            let whole = SamplePDF(pageCount: 3).bytes
            let page = "<html>%PDF</html>"
            for file in [
                [], [0], Array("%PDF-1.7".utf8), Array("%PDF-1.4\n%%EOF\n".utf8),
                Array(page.utf8), Array("PK\u{3}\u{4}".utf8), Array(whole.prefix(100)),
                [UInt8](repeating: 0xFF, count: 4096),
            ] {
                let found = try await subject.verdict(on: file)
                try expect("the verdict on \(file.prefix(20))", found, is: .notAPDF)
            }
        },
        Check("a file that is not published is an error and no verdict") { subject in
            try await expectError("inspecting", "an error of the store") {
                () async throws(StoreError) in
                _ = try await subject.inspector.inspect(
                    BlobStoreConformance.id("none"), in: subject.blobs)
            } where: { error in
                if case .corrupt = error { true } else { false }
            }
        },
    ]
}
