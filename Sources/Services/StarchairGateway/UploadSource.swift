import Hummingbird

/// Finds the one file in a request's body.
struct UploadSource {
    private enum Form {
        case plain
        case multipart(MultipartParser)
    }

    private var form: Form
    private var name: String?
    private var isInFile = false
    private var ignoredByteCount = 0
    /// Bytes of the body so far.
    private(set) var byteCount = 0

    init(_ request: Request) throws {
        switch JSON.mediaType(of: request) {
        case "application/pdf":
            form = .plain
            name = request.uri.queryParameters.get("name") ?? "paper.pdf"
        case "multipart/form-data":
            let boundary = MultipartParser.boundary(in: request.headers[.contentType] ?? "")
            guard let parser = boundary.flatMap({ MultipartParser(boundary: $0) }) else {
                throw Problem.badRequest("malformedMultipart", "The boundary is missing.")
            }
            form = .multipart(parser)
        default:
            throw Problem(
                .unsupportedMediaType, "wrongContentType",
                "Send the file as multipart/form-data or as application/pdf.")
        }
    }

    /// What of `bytes` belongs to the file.
    mutating func content(of bytes: [UInt8]) throws -> [[UInt8]] {
        byteCount += bytes.count
        guard case .multipart(var parser) = form else { return [bytes] }
        // The parser's buffer must not be shared while it grows.
        form = .plain
        defer { form = .multipart(parser) }
        let events: [MultipartParser.Event]
        do {
            events = try parser.feed(bytes)
        } catch {
            throw Problem.badRequest("malformedMultipart", "The body is no multipart/form-data.")
        }
        return try events.compactMap { try take($0) }
    }

    private mutating func take(_ event: MultipartParser.Event) throws -> [UInt8]? {
        switch event {
        case .part(let name, let fileName):
            isInFile = name == "file"
            if isInFile, self.name != nil {
                throw Problem.badRequest("severalFiles", "Send one file at a time.")
            }
            if isInFile { self.name = fileName ?? "paper.pdf" }
        case .content(let bytes):
            if isInFile { return bytes }
            ignoredByteCount += bytes.count
            guard ignoredByteCount <= FileUpload.overheadByteCountMaximum else {
                throw Problem(.contentTooLarge, "bodyTooLarge", "Send the file alone.")
            }
        case .end: isInFile = false
        }
        return nil
    }

    /// The file's name, when all of the body has come.
    mutating func finish() throws -> String {
        if case .multipart(let parser) = form, !parser.isFinished {
            throw Problem.badRequest("truncatedUpload", "The upload ended early. Send it again.")
        }
        guard let name else {
            throw Problem.badRequest("missingFile", "Send the file as the part named `file`.")
        }
        // Only for display: whatever path a sender gives, its last part is the name.
        let parts = name.unicodeScalars.split { $0 == "/" || $0 == "\\" }
        guard let last = parts.last.map(String.init), last != ".", last != ".." else {
            return "paper.pdf"
        }
        return last
    }
}
