/// Takes multipart/form-data (RFC 7578) apart as it arrives, keeping no more than one line.
struct MultipartParser {
    /// Something that was found.
    enum Event: Equatable {
        /// A part begins; its fields and, for a file, the name that its sender gave it.
        case part(name: String, fileName: String?)
        /// More of the part's content.
        case content([UInt8])
        /// The last part has ended.
        case end
    }

    /// Why the bytes are no multipart body.
    enum Failure: Error {
        case malformed
    }

    /// Bytes that one part's headers may have.
    static let headerByteCountMaximum = 8 * 1024

    private enum State {
        case preamble, headers, content, afterBoundary, end
    }

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var pending: [UInt8]

    /// A parser of parts that `boundary` separates; nil when it is none (RFC 2046).
    init?(boundary: String) {
        guard (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very beginning.
        pending = [0x0D, 0x0A]
    }

    /// The boundary in a `Content-Type`.
    static func boundary(in contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary"
            else { continue }
            return pair[1].filter { $0 != "\"" }
        }
        return nil
    }

    /// Whether the last part has ended.
    var isFinished: Bool { state == .end }

    /// Takes the next bytes and returns what they complete.
    mutating func feed(_ bytes: [UInt8]) throws(Failure) -> [Event] {
        pending.append(contentsOf: bytes)
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// One step; false when more bytes are needed.
    private mutating func step(_ events: inout [Event]) throws(Failure) -> Bool {
        switch state {
        case .preamble: return try skipPreamble()
        case .headers: return try readHeaders(&events)
        case .content: return readContent(&events)
        case .afterBoundary: return try readBoundaryEnd(&events)
        case .end:
            pending = []
            return false
        }
    }

    private mutating func skipPreamble() throws(Failure) -> Bool {
        guard let start = Self.find(delimiter, in: pending, from: 0) else {
            guard pending.count <= Self.headerByteCountMaximum else { throw .malformed }
            return false
        }
        pending.removeFirst(start + delimiter.count)
        state = .afterBoundary
        return true
    }

    private mutating func readBoundaryEnd(_ events: inout [Event]) throws(Failure) -> Bool {
        guard pending.count >= 2 else { return false }
        switch (pending[0], pending[1]) {
        case (0x0D, 0x0A): state = .headers
        case (0x2D, 0x2D):
            state = .end
            events.append(.end)
        default: throw .malformed
        }
        pending.removeFirst(2)
        return true
    }

    private mutating func readHeaders(_ events: inout [Event]) throws(Failure) -> Bool {
        guard let end = Self.find([0x0D, 0x0A, 0x0D, 0x0A], in: pending, from: 0) else {
            guard pending.count <= Self.headerByteCountMaximum else { throw .malformed }
            return false
        }
        guard end <= Self.headerByteCountMaximum,
            let text = String(validating: pending[..<end], as: UTF8.self)
        else { throw .malformed }
        let fields = MultipartDisposition(headers: text)
        guard let name = fields.name else { throw .malformed }
        // Whether the delimiter follows at once must not depend on how the bytes arrive.
        let rest = pending[(end + 2)...]
        if rest.count < delimiter.count, delimiter.starts(with: rest) { return false }
        events.append(.part(name: name, fileName: fields.fileName))
        // The delimiter's line break may follow the headers at once: an empty part.
        pending.removeFirst(end + 2)
        state = .content
        if pending.starts(with: delimiter) { return true }
        pending.removeFirst(2)
        return true
    }

    /// Hands over what cannot be the beginning of the delimiter.
    private mutating func readContent(_ events: inout [Event]) -> Bool {
        if let end = Self.find(delimiter, in: pending, from: 0) {
            if end > 0 { events.append(.content(Array(pending[..<end]))) }
            pending.removeFirst(end + delimiter.count)
            state = .afterBoundary
            return true
        }
        let safe = pending.count - delimiter.count + 1
        if safe > 0 {
            events.append(.content(Array(pending[..<safe])))
            pending.removeFirst(safe)
        }
        return false
    }

    /// The first place of `pattern`; it begins with a byte that occurs in it nowhere else, so
    /// the search never goes back far.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index <= bytes.count - pattern.count {
                if bytes[index] == pattern[0],
                    pattern.indices.allSatisfy({ bytes[index + $0] == pattern[$0] })
                {
                    return index
                }
                index += 1
            }
            return nil
        }
    }
}
