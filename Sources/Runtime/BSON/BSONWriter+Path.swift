extension BSONWriter {
    /// The index of the next element in the innermost array.
    var nextIndex: Int { frames.last?.count ?? 0 }

    /// The elements an open value has so far; a value that has ended counts none.
    func elementCount(of serial: Int) -> Int {
        frames.last { $0.serial == serial }?.count ?? 0
    }

    /// The path step of an element about to be written, in arrays without a key.
    func pathKey(_ key: String?) -> BSONPathKey {
        key.map { BSONPathKey(stringValue: $0) } ?? BSONPathKey(intValue: nextIndex)
    }

    /// The keys that lead to an open value, or to the innermost, read back from the buffer.
    func path(to serial: Int?) -> [BSONPathKey] {
        var path = outerPath
        for (depth, frame) in frames.enumerated() {
            if depth > 0, let typeOffset = frame.typeOffset {
                path.append(pathKey(at: typeOffset, in: frames[depth - 1]))
            }
            if frame.serial == serial { break }
        }
        return path
    }

    private func pathKey(at typeOffset: Int, in parent: Frame) -> BSONPathKey {
        guard parent.shape == .document else { return BSONPathKey(intValue: parent.count) }
        let key = buffer.bytes[(typeOffset + 1)...].prefix { $0 != 0 }
        return BSONPathKey(stringValue: String(decoding: key, as: UTF8.self))
    }
}
