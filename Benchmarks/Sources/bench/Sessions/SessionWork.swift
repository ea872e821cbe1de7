/// What is asked of a cache of sessions.
enum SessionWork: String, CaseIterable {
    case get, set
}

/// What the caches hold: values of one size under keys of one length.
enum SessionContents {
    static let valueByteCount = 200
    static let keyCount = 1000
    static let expiry = Duration.seconds(3600)
    static let value = [UInt8](repeating: UInt8(ascii: "v"), count: valueByteCount)

    static func key(_ number: Int) -> String { "session-\(keyCount + number % keyCount)" }
}
