extension BSONSource {
    /// Finds the keys and indices that lead from the top document to a value.
    ///
    /// Only errors and tools ask for it, so that reading keeps no path.
    func path(toValueAt offset: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var parent = BSONStoredValue(source: self, offset: 0, type: .document)
        while parent.offset != offset, let (key, child) = parent.child(around: offset) {
            path.append(key)
            parent = child
        }
        return path
    }
}

extension BSONStoredValue {
    fileprivate func child(around target: Int) -> (key: BSONPathKey, value: BSONStoredValue)? {
        guard type == .document || type == .array else { return nil }
        var index = 0
        var found: BSONElement?
        do throws(BSONError) {
            try source.forEachElement(ofDocumentAt: offset) { element in
                guard found == nil else { return }
                // A value without content lies where the next element starts.
                if target == element.value.lowerBound || element.value.contains(target) {
                    found = element
                } else {
                    index += 1
                }
            }
        } catch {
            preconditionFailure("validated bytes are malformed: \(error)")
        }
        guard let found else { return nil }
        let key =
            type == .array
            ? BSONPathKey(intValue: index)
            : BSONPathKey(stringValue: source.text(in: found.key))
        return (
            key,
            BSONStoredValue(source: source, offset: found.value.lowerBound, type: found.type)
        )
    }
}
