import Platform

/// The answering side of a connection, without a socket: bytes in, what they mean out.
struct WireCallee {
    /// Calls that may be answered at once; while there are more, nothing is read.
    static let callCountMaximum = 1024
    /// Bytes of answers that may wait to be sent; while there are more, nothing is read.
    static let outputByteCountMaximum = 8 << 20
    /// Calls that a single piece of the stream may bring over the maximum.
    static let overrunMaximum = 8192

    /// What bytes from the other side meant.
    enum Event {
        case requested(UInt32, [UInt8])
        case cancelled(UInt32)
    }

    private var reader = WireReader()
    private var pulse: WirePulse
    private var output = WireFrame.preface
    private var running: Set<UInt32> = []
    private var lastCall: UInt32 = 0
    private var isAway = false

    init(now: Duration) { pulse = WirePulse(now: now) }

    /// Whether more calls may be read.
    var isHungry: Bool {
        running.count < Self.callCountMaximum && output.count < Self.outputByteCountMaximum
    }

    /// Whether there are bytes to send.
    var hasOutput: Bool { !output.isEmpty }

    /// Whether the side said that it leaves, and owes no answer any more.
    var isDone: Bool { isAway && running.isEmpty && output.isEmpty }

    /// Sends a call's answer, unless nobody waits for it.
    mutating func answer(_ call: UInt32, _ frame: [UInt8]) {
        guard running.remove(call) != nil else { return }
        WireFrame.Head(.answer, call: call, byteCount: frame.count).write(to: &output)
        output += frame
    }

    /// Begins no further call, and says so.
    mutating func leave() {
        guard !isAway else { return }
        isAway = true
        WireFrame.Head(.away, call: lastCall).write(to: &output)
    }

    /// What is to be sent.
    mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    mutating func receive(
        _ piece: UnsafeRawBufferPointer, now: Duration
    ) throws(WireViolation) -> [Event] {
        pulse.heard(now: now)
        var events: [Event] = []
        var reader = WireReader()
        swap(&reader, &self.reader)
        defer { self.reader = reader }
        try reader.read(piece) { head, content throws(WireViolation) in
            switch head.kind {
            case .request:
                guard head.call > lastCall else { throw .outOfTurn }
                guard running.count < Self.callCountMaximum + Self.overrunMaximum else {
                    throw .overrun
                }
                // A call that crossed the word of leaving is declined by that word.
                guard !isAway else { break }
                lastCall = head.call
                running.insert(head.call)
                events.append(.requested(head.call, content))
            case .cancel:
                if running.remove(head.call) != nil { events.append(.cancelled(head.call)) }
            case .ping: WireFrame.Head(.pong).write(to: &output)
            case .pong: break
            case .answer, .away: throw .outOfTurn
            }
        }
        return events
    }

    /// Whether the other side has shown itself within the time that it must.
    func isAlive(now: Duration) -> Bool { !pulse.isSilent(now: now) }
}
