/// The form of what goes over a byte stream between two nodes.
///
/// Each side begins with ``preface``. Then frames follow: the count of the content's bytes (4
/// bytes), the kind (1), the number of the call (4), the content; numbers are little-endian. The
/// side that connected calls, the side that accepted answers.
enum WireFrame {
    /// What both sides send first: a word, and the form of all that follows.
    static let preface: [UInt8] = Array("STAR".utf8) + [1]
    /// Bytes before a frame's content.
    static let headByteCount = 9

    /// What a frame is. Caller: request, cancel. Callee: answer, away. Both: ping, pong.
    enum Kind: UInt8 {
        /// A call's frame.
        case request = 1
        /// The frame that answers the call.
        case answer = 2
        /// Nobody waits for the call's answer any more.
        case cancel = 3
        /// Whoever hears it says ``pong``.
        case ping = 4
        /// The side is alive.
        case pong = 5
        /// No call after the one of this number is begun: another connection takes it.
        case away = 6
    }

    /// What stands before the content.
    struct Head: Hashable {
        let kind: Kind
        let call: UInt32
        let byteCount: Int

        init(_ kind: Kind, call: UInt32 = 0, byteCount: Int = 0) {
            self.kind = kind
            self.call = call
            self.byteCount = byteCount
        }

        /// Reads the head that `bytes` begin with, ``WireFrame/headByteCount`` of them.
        init(_ bytes: RawSpan) throws(WireViolation) {
            guard let kind = Kind(rawValue: bytes.unsafeLoad(fromByteOffset: 4, as: UInt8.self))
            else { throw .unknownKind }
            let count = UInt32(littleEndian: bytes.unsafeLoadUnaligned(as: UInt32.self))
            let maximum =
                kind == .request || kind == .answer ? FrameLimits.frameByteCountMaximum : 0
            guard count <= maximum else { throw .tooLarge }
            let call = bytes.unsafeLoadUnaligned(fromByteOffset: 5, as: UInt32.self)
            self.init(kind, call: UInt32(littleEndian: call), byteCount: Int(count))
        }

        func write(to output: inout [UInt8]) {
            withUnsafeBytes(of: UInt32(byteCount).littleEndian) { output += $0 }
            output.append(kind.rawValue)
            withUnsafeBytes(of: call.littleEndian) { output += $0 }
        }
    }
}

/// Why a connection is given up: the other side does not keep to the wire's form.
public enum WireViolation: String, Error, Hashable, Sendable, CaseIterable {
    /// It did not begin with the preface: it is none of ours.
    case notThePreface
    /// It speaks another form.
    case otherForm
    /// It sent a frame of no known kind.
    case unknownKind
    /// It announced more bytes than a frame may have.
    case tooLarge
    /// It sent what only this side may send, or an old call's number.
    case outOfTurn
    /// It went on calling although its answers wait to be read.
    case overrun
}
