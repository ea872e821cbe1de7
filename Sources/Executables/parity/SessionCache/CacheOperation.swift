/// What is asked of a cache, over one of two connections.
enum CacheOperation: Sendable {
    case get(String, by: Int)
    case set(String, [UInt8], expiry: Duration, by: Int)
    case remove(String, by: Int)
    case wait(Duration)
}

extension CacheOperation: CustomStringConvertible {
    var description: String {
        switch self {
        case .get(let key, let client): "client \(client) gets \(Self.short(key))"
        case .set(let key, let value, let expiry, let client):
            "client \(client) sets \(Self.short(key)) to \(value.count) bytes "
                + "\(value.prefix(4)) for \(expiry)"
        case .remove(let key, let client): "client \(client) removes \(Self.short(key))"
        case .wait(let duration): "\(duration) go by"
        }
    }

    private static func short(_ key: String) -> String {
        key.utf8.count > 40 ? "a key of \(key.utf8.count) bytes" : key.debugDescription
    }
}
