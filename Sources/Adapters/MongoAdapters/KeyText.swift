/// A key's bytes as text in the same order: each byte is the character of its number.
///
/// The server compares binary values by their length first, but text by the bytes of its UTF-8,
/// which stand in the order of the characters.
struct KeyText {
    let utf8: [UInt8]

    /// The text of a key.
    init(_ keyBytes: [UInt8]) {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(keyBytes.count + keyBytes.count / 2)
        for byte in keyBytes {
            if byte < 0x80 {
                utf8.append(byte)
            } else {
                utf8.append(0xC0 | byte >> 6)
                utf8.append(0x80 | byte & 0x3F)
            }
        }
        self.utf8 = utf8
    }

    /// Text behind that of every key that begins with these bytes, and before all others behind
    /// them: it goes on with the first character that stands for no byte.
    init(behind prefix: [UInt8]) { utf8 = KeyText(prefix).utf8 + [0xC4, 0x80] }

    /// The key of a stored text.
    static func keyBytes(_ text: String) throws(ReplyError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { throw ReplyError() }
            bytes.append(byte)
        }
        return bytes
    }
}
