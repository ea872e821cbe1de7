/// Puts frames together from the pieces in which a stream delivers them.
struct WireReader {
    private var isGreeted = false
    private var head: [UInt8] = []
    private var frame: (head: WireFrame.Head, content: [UInt8])?

    /// Takes a piece of the stream and hands over each frame that it completes.
    mutating func read(
        _ piece: UnsafeRawBufferPointer,
        _ take: (WireFrame.Head, [UInt8]) throws(WireViolation) -> Void
    ) throws(WireViolation) {
        var rest = piece
        if !isGreeted { try greet(&rest) }
        while !rest.isEmpty {
            guard case (let head, var content)? = try nextFrame(from: &rest) else { return }
            // A count that was only announced reserves nothing.
            content += rest.removePrefix(head.byteCount - content.count)
            guard content.count == head.byteCount else {
                frame = (head, content)
                return
            }
            try take(head, content)
        }
    }

    /// The frame that the next bytes belong to and what has come of it; nil when they end within
    /// its head.
    private mutating func nextFrame(
        from rest: inout UnsafeRawBufferPointer
    ) throws(WireViolation) -> (WireFrame.Head, [UInt8])? {
        if let begun = frame {
            frame = nil
            return begun
        }
        // Most heads arrive in one piece and are read where they are.
        if head.isEmpty, rest.count >= WireFrame.headByteCount {
            return (try WireFrame.Head(rest.removePrefix(WireFrame.headByteCount).bytes), [])
        }
        head += rest.removePrefix(WireFrame.headByteCount - head.count)
        guard head.count == WireFrame.headByteCount else { return nil }
        defer { head.removeAll(keepingCapacity: true) }
        return (try WireFrame.Head(head.span.bytes), [])
    }

    private mutating func greet(_ rest: inout UnsafeRawBufferPointer) throws(WireViolation) {
        let preface = WireFrame.preface
        head += rest.removePrefix(preface.count - head.count)
        let word = preface.dropLast()
        guard head.prefix(word.count).elementsEqual(word.prefix(head.count)) else {
            throw .notThePreface
        }
        guard head.count == preface.count else { return }
        guard head.last == preface.last else { throw .otherForm }
        isGreeted = true
        head.removeAll(keepingCapacity: true)
    }
}

extension UnsafeRawBufferPointer {
    /// Takes so many bytes from the beginning, or all if there are fewer.
    fileprivate mutating func removePrefix(_ count: Int) -> UnsafeRawBufferPointer {
        let prefix = UnsafeRawBufferPointer(rebasing: self.prefix(count))
        self = UnsafeRawBufferPointer(rebasing: dropFirst(count))
        return prefix
    }
}
