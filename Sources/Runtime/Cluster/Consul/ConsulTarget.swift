/// Path and query of a request to Consul.
struct ConsulTarget: Hashable, Sendable {
    private(set) var text: String

    /// A target below `/v1`, by the segments of its path as they are meant.
    init(_ segments: String...) {
        text = "/v1" + segments.map { "/" + Self.encode($0) }.joined()
    }

    /// This target with one more query item; an item without a value is a flag.
    func with(_ name: String, _ value: String? = nil) -> Self {
        var target = self
        target.text += text.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        target.text += value.map { "\(name)=\(Self.encode($0))" } ?? name
        return target
    }

    /// This target as a query that blocks until something is newer than `index`.
    func blocking(since index: UInt64?, wait: Duration) -> Self {
        guard let index else { return self }
        return with("index", "\(index)").with("wait", "\(max(1, wait.milliseconds))ms")
    }

    /// `text` with everything that RFC 3986 does not leave unreserved as percent triplets.
    private static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
