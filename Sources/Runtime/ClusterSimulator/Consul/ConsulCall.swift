import Cluster

/// A request to an agent, taken apart.
struct ConsulCall {
    let method: HTTPRequestMessage.Method
    /// The path below `/v1`, in segments as they are meant.
    let path: [String]
    /// The query by names; a flag has an empty value.
    let query: [String: String]
    let body: [UInt8]

    /// How old an answer may be.
    enum Consistency: String {
        /// Of a server that leads, as far as it knows.
        case leader
        /// Of any server.
        case stale
        /// Of a server that has made sure that it leads.
        case consistent
    }

    init(_ request: HTTPRequestMessage) {
        method = request.method
        body = request.body
        let parts = request.target.split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst(2)
            .map(Self.decode)
        var query: [String: String] = [:]
        for item in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            query[Self.decode(pair[0])] = pair.count > 1 ? Self.decode(pair[1]) : ""
        }
        self.query = query
    }

    /// What is asked for, whatever is waited for and however old the answer may be.
    var subject: String {
        let flags = query.filter { !["index", "wait", "stale", "consistent"].contains($0.key) }
        let words = flags.sorted { $0.key < $1.key }.map { "?\($0.key)=\($0.value)" }
        return path.joined(separator: "/") + words.joined()
    }

    /// How old the answer may be.
    func consistency() throws(ConsulFailure) -> Consistency {
        switch (query["stale"] != nil, query["consistent"] != nil) {
        case (true, true):
            throw .badRequest("Cannot specify ?stale with ?consistent, conflicting semantics.")
        case (true, false): return .stale
        case (false, true): return .consistent
        case (false, false): return .leader
        }
    }

    /// The longest time that a query waits, in Consul.
    static let waitMaximum = Duration.seconds(600)
    /// The time that a query waits when it does not say for how long.
    static let waitDefault = Duration.seconds(300)

    /// What the query waits from, and for how long; an index of 0 is none.
    func blocking() throws(ConsulFailure) -> (index: UInt64, wait: Duration)? {
        var wait = Self.waitDefault
        if let text = query["wait"] {
            guard let duration = GoDuration.parse(text) else {
                throw .badRequest("Invalid wait time")
            }
            wait = min(duration == .zero ? wait : duration, Self.waitMaximum)
        }
        guard let text = query["index"] else { return nil }
        guard let index = UInt64(text) else { throw .badRequest("Invalid index") }
        return index == 0 ? nil : (index, wait)
    }

    /// Refuses other methods than those.
    func allow(_ methods: HTTPRequestMessage.Method...) throws(ConsulFailure) {
        guard !methods.contains(method) else { return }
        let allowed = (["OPTIONS"] + methods.map(\.rawValue)).joined(separator: ",")
        throw ConsulFailure(
            status: 405, text: "method \(method.rawValue) not allowed",
            headers: ["allow": allowed])
    }

    private static func decode(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.count == 2, let code = UInt8(digits, radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
