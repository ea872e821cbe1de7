import Cluster
import Crypto
import HTTPTypes
import Hummingbird
import PeerReview
import Platform
import Ports
import StarchairAPI

/// Takes a PDF: `multipart/form-data` with a part `file`, or `application/pdf` with `?name=`.
///
/// The bytes go from the connection into the store as they arrive. The file gets its name in a
/// document only when all of it survives a crash.
struct FileUpload {
    let gateway: Gateway
    let files: Gateway.Files

    /// Bytes of one file: the 20 MB of the gateway, as nginx counts them.
    static let fileByteCountMaximum = 20 * 1024 * 1024
    /// Bytes of a request around its file.
    static let overheadByteCountMaximum = 64 * 1024

    func respond(to request: Request, _ context: GatewayContext) async throws -> Response {
        _ = try context.signedIn()
        let length = request.headers[.contentLength].flatMap { Int($0) }
        guard length ?? 0 <= Self.fileByteCountMaximum + Self.overheadByteCountMaximum
        else { throw Self.tooLarge }
        var source = try UploadSource(request)
        let upload = try await files.blobs.begin()
        do {
            let received = try await receive(request, from: &source, into: upload)
            try await upload.sync()
            let blob = BlobID(gateway.client.platform.random, for: "blob id")
            try await upload.publish(blob)
            let file = try await keep(blob, received, context)
            if request.headers[.idempotencyKey] != nil {
                // A repeated upload has the file that came first: its own bytes go.
                if file.file_id.text != blob.text { try await files.blobs.remove(blob) }
            }
            return Response.reply(file, status: .created)
        } catch {
            await upload.abandon()
            throw error
        }
    }

    private struct Received {
        var name: String
        var byteCount = 0
        var hash = SHA256()

        var sha256: String { hash.finalize().hexadecimal }
    }

    private func receive(
        _ request: Request, from source: inout UploadSource, into upload: any BlobUpload
    ) async throws -> Received {
        var received = Received(name: "")
        for try await buffer in request.body {
            let arrived = source.byteCount + buffer.readableBytes
            guard arrived <= Self.fileByteCountMaximum + Self.overheadByteCountMaximum
            else { throw Self.tooLarge }
            for chunk in try source.content(of: Array(buffer.readableBytesView)) {
                received.byteCount += chunk.count
                guard received.byteCount <= Self.fileByteCountMaximum else { throw Self.tooLarge }
                received.hash.update(data: chunk)
                try await upload.append(chunk)
            }
        }
        received.name = try source.finish()
        guard TextRule.fileName.accepts(received.name) else {
            throw Problem.badRequest("invalidField", "The file needs a name of 1 to 255 letters.")
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            source.byteCount != length
        {
            throw Problem.badRequest("truncatedUpload", "The upload ended early. Send it again.")
        }
        return received
    }

    /// Makes the published file the asker's, when it is a PDF.
    private func keep(
        _ blob: BlobID, _ received: Received, _ context: GatewayContext
    ) async throws -> FileView {
        var mayBeNamed = false
        do {
            let pageCount = try await pageCount(of: blob)
            let message = AddFile(
                blob: blob, name: received.name, byteCount: Int64(received.byteCount),
                sha256: received.sha256, pageCount: pageCount)
            mayBeNamed = true
            return try await gateway.call(message, context)
        } catch {
            // A definite no: nothing names the file. Otherwise the sweep decides.
            let problem = Problem(answering: error)
            let isDefinite = problem.status.kind == .clientError || problem.code == "storageFull"
            if !mayBeNamed || isDefinite { try await files.blobs.remove(blob) }
            throw problem
        }
    }

    private func pageCount(of blob: BlobID) async throws -> Int {
        switch try await files.inspector.inspect(blob, in: files.blobs) {
        case .document(let pageCount): return pageCount
        case .encrypted:
            throw Problem(.unprocessableContent, "encryptedPDF", "The PDF needs a password.")
        case .notAPDF:
            throw Problem(.unprocessableContent, "notAPDF", "The file is no readable PDF.")
        }
    }

    private static let tooLarge = Problem(
        .contentTooLarge, "fileTooLarge", "A file has at most 20 MiB.")
}
