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

        /// Reads a head of ``WireFrame/headByteCount`` bytes.
        init(_ bytes: some Collection<UInt8>) throws(WireViolation) {
            func number(_ bytes: some Collection<UInt8>) -> UInt32 {
                bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
            }
            guard let kind = Kind(rawValue: bytes.dropFirst(4).first ?? 0) else {
                throw .unknownKind
            }
            let count = number(bytes.prefix(4))
            let maximum =
                kind == .request || kind == .answer ? FrameLimits.frameByteCountMaximum : 0
            guard count <= maximum else { throw .tooLarge }
            self.init(kind, call: number(bytes.dropFirst(5)), byteCount: Int(count))
        }

        func write(to output: inout [UInt8]) {
            func append(_ number: UInt32) {
                for shift in stride(from: 0, to: 32, by: 8) {
                    output.append(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
                }
            }
            append(UInt32(byteCount))
            output.append(kind.rawValue)
            append(call)
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
