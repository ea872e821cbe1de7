/// Carries one writer through the containers of a value and of all values inside it.
final class BSONEncodingSession {
    /// No call into the writer calls back, so that its accesses never overlap.
    @exclusivity(unchecked) var writer: BSONWriter
    /// The serial of the outermost value.
    let root: Int
    /// The last type that was asked for, see `isSorted`.
    @exclusivity(unchecked)
    private var lastType = (id: ObjectIdentifier(Never.self), isSorted: false)

    /// Starts a whole document.
    init(limits: BSONLimits) {
        writer = BSONWriter(limits: limits, outerPath: [], capacity: 512)
        root = writer.push(typeOffset: nil)
    }

    /// Starts a single element that will be moved to its place when it is finished.
    init(limits: BSONLimits, path: [BSONPathKey], key: String) {
        writer = BSONWriter(limits: limits, outerPath: path, capacity: 0)
        writer.buffer.append(0)
        do throws(BSONEncodingError.Reason) {
            try writer.buffer.append(cString: key)
        } catch {
            writer.fail(error)
        }
        root = writer.push(typeOffset: 0)
    }

    /// Ends the outermost value and gives all that was written, an element with type and key.
    func finish() throws(BSONEncodingError) -> [UInt8] {
        do {
            try writer.close()
            return writer.buffer.bytes
        } catch {
            throw located(error)
        }
    }

    /// Writes a value into the frame that was pushed for it.
    func writeContent<T: Encodable>(of value: T, in serial: Int) throws {
        if T.self == [UInt8].self {
            try writer.write(scalar: unsafeBitCast(value, to: [UInt8].self), in: serial)
        } else if isSorted(T.self) {
            let encoder = BSONValueEncoder(session: self, serial: serial)
            try (value as? any BSONSortedEncodable)?.encodeSorted(to: encoder)
        } else {
            try value.encode(to: BSONValueEncoder(session: self, serial: serial))
        }
    }

    /// Asks the runtime once for a row of values of one type, such as the elements of an array.
    private func isSorted<T>(_ type: T.Type) -> Bool {
        if ObjectIdentifier(type) != lastType.id {
            lastType = (ObjectIdentifier(type), type is any BSONSortedEncodable.Type)
        }
        return lastType.isSorted
    }

    /// Writes an element that may have a container of its own, in arrays without a key.
    func writeElement<T: Encodable>(_ value: T, key: String?, in parent: Int) throws {
        let mark = writer.mark
        do {
            let serial = writer.push(typeOffset: try writer.begin(key: key, in: parent))
            try writeContent(of: value, in: serial)
            try writer.close()
            writer.countElement()
        } catch {
            let isPushed = writer.frames.count > mark.frameCount
            let located = isPushed ? located(error) : located(error, key: key)
            writer.abandon(mark)
            throw located
        }
    }

    /// Writes an element that never has a container of its own, in arrays without a key.
    @inline(__always)
    func writeElement<T: BSONScalar>(scalar: T, key: String?, in parent: Int) throws {
        do throws(BSONEncodingError.Reason) {
            try writer.write(scalar: scalar, key: key, in: parent)
        } catch {
            throw located(error, key: key)
        }
    }

    /// Starts an element that is written at leisure and moved to its place at the end.
    func deferElement(
        key: String?, shape: BSONWriter.Shape, in parent: Int
    ) -> BSONValueEncoder {
        let name = key ?? String(writer.nextIndex)
        let path = writer.path(to: parent) + [writer.pathKey(key)]
        let session = BSONEncodingSession(limits: writer.limits, path: path, key: name)
        writer.deferElement(session, in: parent)
        let encoder = BSONValueEncoder(session: session, serial: session.root)
        if shape != .undecided { session.writer.open(shape, in: session.root) }
        return encoder
    }

    /// Adds to an error the path to the innermost value, or to an element of it.
    func located(_ error: any Error) -> BSONEncodingError {
        located(error, path: writer.path(to: nil))
    }

    private func located(_ error: any Error, key: String?) -> BSONEncodingError {
        located(error, path: writer.path(to: nil) + [writer.pathKey(key)])
    }

    private func located(_ error: any Error, path: [BSONPathKey]) -> BSONEncodingError {
        switch error {
        case let error as BSONEncodingError: error
        case let reason as BSONEncodingError.Reason:
            writer.failure
                ?? BSONEncodingError(reason: reason, path: path.map(\.stringValue))
        default:
            BSONEncodingError(
                reason: .refusedByValue(String(describing: error)),
                path: path.map(\.stringValue))
        }
    }
}
