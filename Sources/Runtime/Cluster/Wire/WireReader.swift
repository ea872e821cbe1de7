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
        var rest = piece[...]
        if !isGreeted { try greet(&rest) }
        while !rest.isEmpty {
            if frame == nil {
                let missing = rest.prefix(WireFrame.headByteCount - head.count)
                head += missing
                rest = rest.dropFirst(missing.count)
                guard head.count == WireFrame.headByteCount else { return }
                frame = (try WireFrame.Head(head), [])
                head.removeAll(keepingCapacity: true)
            }
            try fill(from: &rest, take)
        }
    }

    /// Moves what belongs to the frame's content; a frame without content is complete at once.
    private mutating func fill(
        from rest: inout UnsafeRawBufferPointer.SubSequence,
        _ take: (WireFrame.Head, [UInt8]) throws(WireViolation) -> Void
    ) throws(WireViolation) {
        guard case (let head, var content)? = frame else { return }
        frame = nil
        let missing = rest.prefix(head.byteCount - content.count)
        // A count that was only announced reserves nothing.
        content.append(contentsOf: UnsafeRawBufferPointer(rebasing: missing))
        rest = rest.dropFirst(missing.count)
        if content.count == head.byteCount {
            try take(head, content)
        } else {
            frame = (head, content)
        }
    }

    private mutating func greet(
        _ rest: inout UnsafeRawBufferPointer.SubSequence
    ) throws(WireViolation) {
        let preface = WireFrame.preface
        let missing = rest.prefix(preface.count - head.count)
        head += missing
        rest = rest.dropFirst(missing.count)
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
