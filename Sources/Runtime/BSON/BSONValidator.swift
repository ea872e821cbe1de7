/// Proves in one pass that bytes are exactly one document, with everything inside it.
struct BSONValidator {
    private let bytes: UnsafeRawBufferPointer
    private let limits: BSONLimits
    private var innermost: BSONScanner
    private var outer: [BSONScanner] = []

    /// Throws where and why the bytes are malformed.
    static func validate(_ bytes: UnsafeRawBufferPointer, limits: BSONLimits) throws(BSONError) {
        guard bytes.count <= limits.documentByteCountMaximum else {
            throw BSONError(position: limits.documentByteCountMaximum, reason: .tooLarge)
        }
        var validator = try BSONValidator(bytes, limits: limits)
        try validator.run()
    }

    private init(_ bytes: UnsafeRawBufferPointer, limits: BSONLimits) throws(BSONError) {
        self.bytes = bytes
        self.limits = limits
        innermost = try BSONScanner(bytes, documentAt: 0, limit: bytes.count)
        guard innermost.end == bytes.count - 1 else {
            throw BSONError(position: innermost.end + 1, reason: .trailingBytes)
        }
    }

    private mutating func run() throws(BSONError) {
        while true {
            while let element = try innermost.next() {
                try checkText(in: element.key)
                try check(element)
            }
            guard let parent = outer.popLast() else { return }
            innermost = parent
        }
    }

    private mutating func check(_ element: BSONElement) throws(BSONError) {
        let start = element.value.lowerBound
        switch element.type {
        case .string, .javascript, .symbol:
            try checkText(in: (start + 4)..<(element.value.upperBound - 1))
        case .document, .array:
            try enter(documentAt: start, end: element.value.upperBound)
        case .regularExpression:
            try checkText(in: start..<(element.value.upperBound - 1))
        case .dbPointer:
            try checkText(in: (start + 4)..<(element.value.upperBound - 13))
        case .javascriptWithScope:
            let scope = start + 8 + Int(bytes.integer(Int32.self, at: start + 4))
            try checkText(in: (start + 8)..<(scope - 1))
            try enter(documentAt: scope, end: element.value.upperBound)
        case .double, .binary, .undefined, .objectID, .bool, .datetime, .null, .int32, .timestamp,
            .int64, .decimal128, .minKey, .maxKey:
            break
        }
    }

    private mutating func enter(documentAt start: Int, end: Int) throws(BSONError) {
        guard outer.count + 2 <= limits.depthMaximum else {
            throw BSONError(position: start, reason: .tooDeep)
        }
        outer.append(innermost)
        innermost = try BSONScanner(bytes, documentAt: start, limit: end)
    }

    private func checkText(in range: Range<Int>) throws(BSONError) {
        if let position = bytes.firstInvalidUTF8(in: range) {
            throw BSONError(position: position, reason: .invalidUTF8)
        }
    }
}
