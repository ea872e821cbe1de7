import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The browser's application: a few files, held in memory.
public struct WebFiles: Sendable {
    private struct File {
        var bytes: ByteBuffer
        var mediaType: String
        var tag: String
    }

    /// Bytes of all files together.
    static let byteCountMaximum = 16 << 20

    private static let mediaTypes = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
        "woff2": "font/woff2", "json": "application/json",
    ]

    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
        font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """

    private let files: [String: File]

    /// Why there is no application.
    public enum LoadingError: Error {
        /// The folder has no `index.html`, or too much in it.
        case noApplication(folder: String)
    }

    /// Reads the files of the application's folder and its subfolders, and of the manual's, which
    /// is below `/docs`.
    public init(folder: URL, manual: URL? = nil) throws {
        var files = try Self.files(of: folder, below: "/")
        if let manual {
            files.merge(try Self.files(of: manual, below: "/docs/")) { application, _ in
                application
            }
        }
        let byteCount = files.values.reduce(0) { $0 + $1.bytes.readableBytes }
        guard files["/index.html"] != nil, byteCount <= Self.byteCountMaximum else {
            throw LoadingError.noApplication(folder: folder.path(percentEncoded: false))
        }
        self.files = files
    }

    private static func files(of folder: URL, below root: String) throws -> [String: File] {
        var files: [String: File] = [:]
        let names = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?
            .compactMap {
                $0 as? String
            }
        for name in names ?? [] {
            let url = folder.appending(path: name)
            guard let mediaType = mediaTypes[url.pathExtension] else { continue }
            let bytes = try Data(contentsOf: url)
            let digest = SHA256.hash(data: bytes).prefix(12).map { String($0, radix: 36) }
            files[root + name] = File(
                bytes: ByteBuffer(bytes: bytes), mediaType: mediaType,
                tag: "\"\(digest.joined())\"")
        }
        return files
    }

    /// The file at the request's path; the application itself for a path of its own.
    func response(to request: Request) -> Response {
        guard request.method == .get || request.method == .head else {
            return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
        }
        let path = request.uri.path
        if files[path + "/index.html"] != nil {
            return Response(status: .movedPermanently, headers: [.location: path + "/"])
        }
        let isPage = !path.contains(".")
        let found = files[path] ?? files[path + "index.html"]
        guard let file = found ?? (isPage ? files["/index.html"] : nil) else {
            return Response(status: .notFound)
        }
        var headers: HTTPFields = [
            .contentType: file.mediaType, .eTag: file.tag, .cacheControl: "no-cache",
            .contentSecurityPolicy: Self.policy,
        ]
        headers[HTTPField.Name("X-Content-Type-Options")!] = "nosniff"
        headers[HTTPField.Name("Referrer-Policy")!] = "no-referrer"
        if request.headers[.ifNoneMatch] == file.tag {
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
    }
}

extension HTTPField.Name {
    static let contentSecurityPolicy = Self("Content-Security-Policy")!
}
