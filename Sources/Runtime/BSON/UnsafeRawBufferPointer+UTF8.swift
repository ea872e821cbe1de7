extension UnsafeRawBufferPointer {
    /// Finds the first byte that no well-formed UTF-8 has there (table 3-7 of Unicode).
    func firstInvalidUTF8(in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let highBits: UInt64 = 0x8080_8080_8080_8080
        var position = range.lowerBound
        while position < range.upperBound {
            if range.upperBound - position >= 8,
                integer(UInt64.self, at: position) & highBits == 0
            {
                position += 8
            } else if self[position] < 0x80 {
                position += 1
            } else if let length = multibyteLength(at: position, end: range.upperBound) {
                position += length
            } else {
                return position
            }
        }
        return nil
    }

    private func multibyteLength(at position: Int, end: Int) -> Int? {
        let first = self[position]
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard end - position >= length else { return nil }
        let second: ClosedRange<UInt8>
        switch first {
        case 0xC2...0xDF, 0xE1...0xEC, 0xEE...0xEF, 0xF1...0xF3: second = 0x80...0xBF
        case 0xE0: second = 0xA0...0xBF
        case 0xED: second = 0x80...0x9F
        case 0xF0: second = 0x90...0xBF
        case 0xF4: second = 0x80...0x8F
        default: return nil
        }
        guard second.contains(self[position + 1]) else { return nil }
        for next in (position + 2)..<(position + length) where self[next] & 0xC0 != 0x80 {
            return nil
        }
        return length
    }
}
