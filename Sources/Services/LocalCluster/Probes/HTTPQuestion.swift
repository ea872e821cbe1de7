/// An answer over HTTP.
struct HTTPAnswer: Sendable {
    let status: Int
    /// By names in small letters.
    let headers: [String: String]
    let body: [UInt8]

    /// Reads a whole answer; nil when it is none.
    init?(_ bytes: [UInt8]) {
        let mark = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else {
            return nil
        }
        let head = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = head.first?.split(separator: " ") ?? []
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            return nil
        }
        self.status = status
        headers = Dictionary(
            head.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                return (line[..<colon].lowercased(), String(value))
            }, uniquingKeysWith: { first, _ in first })
        body = Array(bytes[(end + mark.count)...])
    }
}

/// Questions over HTTP/1.0, whose answers end with the connection and so need no framing.
enum HTTPQuestion {
    static func get(
        _ path: String, host: String, port: Int, timeLimit: Duration = Limit.probe
    ) throws -> HTTPAnswer {
        let conversation = try SocketConversation.open(host: host, port: port, timeLimit: timeLimit)
        try conversation.send(Array("GET \(path) HTTP/1.0\r\nHost: \(host):\(port)\r\n\r\n".utf8))
        guard let answer = HTTPAnswer(try conversation.receiveAll()) else {
            throw SocketConversation.Broken()
        }
        return answer
    }
}
