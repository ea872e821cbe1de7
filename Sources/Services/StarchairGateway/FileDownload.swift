import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Ports
import StarchairAPI

/// Gives a PDF to somebody who may read it, piece by piece.
struct FileDownload {
    let gateway: Gateway
    let files: Gateway.Files

    /// Bytes that are read at once.
    static let pieceByteCount = 64 * 1024

    /// The content is not what was uploaded: the answer breaks off before its end.
    private struct DamagedFile: Error {}

    func respond(_ id: FileID, _ context: GatewayContext) async throws -> Response {
        _ = try context.signedIn()
        let file = try await gateway.call(LocateFile(file: id), context)
        let blobs = files.blobs
        let first = try await blobs.read(file.blob, from: 0, byteCount: Self.pieceByteCount)
        guard let first else {
            throw Problem(.internalServerError, "failed", "Something went wrong on the server.")
        }
        let body = ResponseBody(contentLength: Int(file.byteCount)) { writer in
            try await Self.write(file, first: first, from: blobs, to: &writer)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/pdf", .eTag: "\"\(file.sha256)\"",
                .contentDisposition: Self.disposition(file.name),
            ], body: body)
    }

    /// Writes the pieces; the last one only when the whole has the hash that was recorded.
    private static func write(
        _ file: FileLocation, first: [UInt8], from blobs: any BlobStore,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        var hash = SHA256()
        var piece = first
        var offset: Int64 = 0
        while true {
            hash.update(data: piece)
            offset += Int64(piece.count)
            if offset >= file.byteCount { break }
            try await writer.write(ByteBuffer(bytes: piece))
            guard
                let next = try await blobs.read(
                    file.blob, from: offset, byteCount: pieceByteCount), !next.isEmpty
            else { throw DamagedFile() }
            piece = next
        }
        guard offset == file.byteCount, hash.finalize().hexadecimal == file.sha256
        else { throw DamagedFile() }
        try await writer.write(ByteBuffer(bytes: piece))
        try await writer.finish(nil)
    }

    /// `attachment` with the name percent-encoded as RFC 8187 has it.
    private static func disposition(_ name: String) -> String {
        let encoded = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default:
                "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
        return "attachment; filename*=UTF-8''\(encoded)"
    }
}
