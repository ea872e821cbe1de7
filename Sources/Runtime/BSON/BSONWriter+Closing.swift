extension BSONWriter {
    /// Ends the innermost value; one that wrote nothing becomes an empty document.
    mutating func close() throws {
        if let frame = frames.last, frame.shape == .undecided, frame.typeOffset != nil {
            open(.document, in: frame.serial)
        }
        try checkFailure()
        guard let frame = frames.last else { throw BSONEncodingError.Reason.containerMisused }
        switch frame.shape {
        case .undecided: throw BSONEncodingError.Reason.topLevelIsNotADocument
        case .scalar: break
        case .document, .array:
            try splice(in: frame.serial)
            try buffer.endDocument(at: frame.contentOffset)
        }
        frames.removeLast()
    }

    /// Takes back an element that failed, so that its parent can go on without it.
    mutating func abandon(_ mark: Mark) {
        frames.removeSubrange(mark.frameCount...)
        deferred.removeSubrange(mark.deferredCount...)
        buffer.truncate(to: mark.byteCount)
        if !mark.hasFailed { failure = nil }
    }

    /// A state of the writer to which a failed element returns.
    struct Mark {
        let frameCount: Int
        let deferredCount: Int
        let byteCount: Int
        let hasFailed: Bool
    }

    var mark: Mark {
        Mark(
            frameCount: frames.count, deferredCount: deferred.count, byteCount: buffer.count,
            hasFailed: failure != nil)
    }

    /// Moves the elements that were written elsewhere to where they were asked for.
    private mutating func splice(in serial: Int) throws {
        guard let first = deferred.firstIndex(where: { $0.serial == serial }) else { return }
        let start = deferred[first].offset
        let tail = buffer.bytes[start...]
        buffer.truncate(to: start)
        var position = start
        for element in deferred[first...] {
            buffer.append(piece: tail[position..<element.offset])
            try buffer.append(element.session.finish())
            position = element.offset
        }
        buffer.append(piece: tail[position...])
        deferred.removeSubrange(first...)
    }
}
