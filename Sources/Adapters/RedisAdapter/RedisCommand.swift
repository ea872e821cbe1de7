/// A command as it is sent: an array of bulk strings of RESP.
///
/// Source: https://redis.io/docs/latest/develop/reference/protocol-spec
struct RedisCommand: Sendable {
    let bytes: [UInt8]

    /// Encodes a command's words.
    init(_ words: [UInt8]...) { self.init(words) }

    /// Encodes a command's words.
    init(_ words: [[UInt8]]) {
        // A length has at most 20 digits.
        let byteCount = words.reduce(25) { $0 + $1.count + 25 }
        bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            func put(_ kind: UInt8, _ number: Int) {
                buffer[count] = kind
                count += 1
                var divisor = 1
                while number / divisor >= 10 { divisor *= 10 }
                while divisor > 0 {
                    buffer[count] = UInt8(ascii: "0") + UInt8(number / divisor % 10)
                    count += 1
                    divisor /= 10
                }
                end()
            }
            func end() {
                buffer[count] = UInt8(ascii: "\r")
                buffer[count + 1] = UInt8(ascii: "\n")
                count += 2
            }
            put(UInt8(ascii: "*"), words.count)
            for word in words {
                put(UInt8(ascii: "$"), word.count)
                for byte in word {
                    buffer[count] = byte
                    count += 1
                }
                end()
            }
        }
    }
}
