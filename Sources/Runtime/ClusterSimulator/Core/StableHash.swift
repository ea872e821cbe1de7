/// A 64-bit hash that is the same in every process, unlike the standard library's.
///
/// It seeds the streams of chance and chains the steps of a run; it resists no attacker.
public struct StableHash: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// A hash of nothing yet.
    public init() {}

    /// The hash of all that was combined so far, in order.
    public var value: UInt64 { SplitMix64.scramble(state) }

    /// Adds a word.
    @inline(__always)
    public mutating func combine(_ word: UInt64) {
        state = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
        state ^= state >> 29
    }

    /// Adds bytes and their number.
    public mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        let wholeCount = bytes.count & ~7
        for offset in stride(from: 0, to: wholeCount, by: 8) {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            combine(UInt64(littleEndian: word))
        }
        var rest: UInt64 = 0
        for byte in bytes[wholeCount...] { rest = rest << 8 | UInt64(byte) }
        combine(rest)
        combine(UInt64(bytes.count))
    }

    /// Adds the UTF-8 bytes of a text and their number.
    public mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
    }
}
