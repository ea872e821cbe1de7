/// A request for a live connection, right but for what a test changes.
struct Handshake {
    var requestLine = "GET /ws HTTP/1.1"
    var fields = [
        ("Host", "localhost"), ("Connection", "keep-alive, Upgrade"), ("Upgrade", "WebSocket"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Extensions", "permessage-deflate"), ("Origin", "http://localhost"),
    ]

    var text: String {
        requestLine + "\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    }

    /// With another value of a field, several or none.
    func with(_ name: String, _ values: String...) -> Handshake {
        var handshake = self
        handshake.fields.removeAll { $0.0 == name }
        handshake.fields += values.map { (name, $0) }
        return handshake
    }

    func with(requestLine: String) -> Handshake {
        var handshake = self
        handshake.requestLine = requestLine
        return handshake
    }
}
