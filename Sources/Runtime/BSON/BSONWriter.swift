/// Assembles one document in place: a stack of open values over one growing buffer.
///
/// Only the innermost open value may be written to; `serial` tells whether a container is that one.
struct BSONWriter {
    /// A value whose `encode(to:)` is running.
    struct Frame {
        let serial: Int
        /// Where the element's type byte is; nil for the top document, which has none.
        let typeOffset: Int?
        /// Where the content starts, after the key.
        let contentOffset: Int
        var shape = Shape.undecided
        /// Elements written so far, the next index of an array.
        var count = 0
    }

    /// What the running `encode(to:)` has asked for.
    enum Shape {
        case undecided, scalar, document, array
    }

    /// An element whose content is still being written elsewhere.
    struct Deferred {
        let serial: Int
        let offset: Int
        let session: BSONEncodingSession
    }

    let limits: BSONLimits
    /// The keys that lead to the first frame.
    let outerPath: [BSONPathKey]
    var buffer: BSONBuffer
    var frames: [Frame] = []
    var deferred: [Deferred] = []
    private var nextSerial = 0
    /// The first fault of a call that could not throw it.
    var failure: BSONEncodingError?

    init(limits: BSONLimits, outerPath: [BSONPathKey], capacity: Int) {
        self.limits = limits
        self.outerPath = outerPath
        self.buffer = BSONBuffer(
            byteCountMaximum: limits.documentByteCountMaximum, capacity: capacity)
        frames.reserveCapacity(8)
    }

    /// Starts a value at the end of the buffer and gives its serial.
    mutating func push(typeOffset: Int?) -> Int {
        let serial = nextSerial
        nextSerial += 1
        frames.append(
            Frame(serial: serial, typeOffset: typeOffset, contentOffset: buffer.count))
        return serial
    }

    /// Gives the running value its container; asking again for the same shape continues it.
    mutating func open(_ shape: Shape, in serial: Int) {
        guard let frame = frames.last, frame.serial == serial else {
            return fail(.containerMisused)
        }
        guard frame.shape == .undecided else {
            return frame.shape == shape ? () : fail(.containerMisused)
        }
        guard outerPath.count + frames.count <= limits.depthMaximum else { return fail(.tooDeep) }
        if let typeOffset = frame.typeOffset {
            let type: BSONType = shape == .array ? .array : .document
            buffer.replace(at: typeOffset, with: type.rawValue)
        } else if shape == .array {
            return fail(.topLevelIsNotADocument)
        }
        frames[frames.count - 1].shape = shape
        buffer.append(integer: Int32(0))
    }

    /// Writes the running value itself as one element.
    mutating func write<Scalar: BSONScalar>(
        scalar: Scalar, in serial: Int
    ) throws(BSONEncodingError.Reason) {
        try check(serial)
        let top = frames.count - 1
        guard let typeOffset = frames[top].typeOffset else { throw .topLevelIsNotADocument }
        guard frames[top].shape == .undecided else { throw .containerMisused }
        frames[top].shape = .scalar
        buffer.replace(at: typeOffset, with: Scalar.writtenType.rawValue)
        try scalar.append(to: &buffer)
    }

    /// Writes a whole element, or nothing if it fails.
    mutating func write<Scalar: BSONScalar>(
        scalar: Scalar, key: String?, in parent: Int
    ) throws(BSONEncodingError.Reason) {
        let byteCount = buffer.count
        do throws(BSONEncodingError.Reason) {
            let typeOffset = try begin(key: key, in: parent)
            buffer.replace(at: typeOffset, with: Scalar.writtenType.rawValue)
            try scalar.append(to: &buffer)
            countElement()
        } catch {
            buffer.truncate(to: byteCount)
            throw error
        }
    }

    /// Writes a key, in arrays the next index, after a place for the type, whose offset it gives.
    mutating func begin(key: String?, in serial: Int) throws(BSONEncodingError.Reason) -> Int {
        try check(serial)
        let frame = frames[frames.count - 1]
        let typeOffset = buffer.count
        buffer.append(0)
        if let key, frame.shape == .document {
            try buffer.append(cString: key)
        } else if key == nil, frame.shape == .array {
            try buffer.append(index: frame.count)
        } else {
            throw .containerMisused
        }
        return typeOffset
    }

    /// Counts an element that is complete or has its place reserved.
    mutating func countElement() {
        frames[frames.count - 1].count += 1
    }

    /// Reserves the next place of the running value for an element that is finished later.
    mutating func deferElement(_ session: BSONEncodingSession, in serial: Int) {
        guard frames.last?.serial == serial else { return fail(.containerMisused) }
        deferred.append(Deferred(serial: serial, offset: buffer.count, session: session))
        countElement()
    }

    /// Remembers the first fault of a call that cannot throw; the next call that can throws it.
    mutating func fail(_ reason: BSONEncodingError.Reason) {
        guard failure == nil else { return }
        failure = BSONEncodingError(reason: reason, path: path(to: nil).map(\.stringValue))
    }

    /// Throws what a call that cannot throw has found.
    func checkFailure() throws(BSONEncodingError.Reason) {
        if let failure { throw failure.reason }
    }

    private func check(_ serial: Int) throws(BSONEncodingError.Reason) {
        try checkFailure()
        guard let frame = frames.last, frame.serial == serial else { throw .containerMisused }
    }
}
