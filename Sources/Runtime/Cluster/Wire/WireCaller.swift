import Platform

/// The calling side of a connection, without a socket: bytes in, what they mean out.
struct WireCaller {
    /// Calls that may wait for their answers.
    static let callCountMaximum = 8192
    /// Bytes that may wait to be sent; a call that finds more is not begun.
    static let outputByteCountMaximum = 8 << 20

    /// What bytes from the other side meant.
    enum Event {
        case answered(UInt32, [UInt8])
        /// The calls were not begun and will not be.
        case declined([UInt32])
    }

    private var reader = WireReader()
    private var pulse: WirePulse
    private var output = WireFrame.preface
    private var waiting: Set<UInt32> = []
    private var lastCall: UInt32 = 0
    private(set) var isAway = false

    init(now: Duration) { pulse = WirePulse(now: now) }

    /// Whether nobody waits for an answer.
    var isIdle: Bool { waiting.isEmpty }

    /// Whether there are bytes to send.
    var hasOutput: Bool { !output.isEmpty }

    /// Sends a call's frame; nil when too much waits already, or the other side is leaving.
    mutating func begin(_ frame: [UInt8]) -> UInt32? {
        guard !isAway, lastCall < .max, waiting.count < Self.callCountMaximum,
            output.count < Self.outputByteCountMaximum
        else { return nil }
        lastCall += 1
        waiting.insert(lastCall)
        WireFrame.Head(.request, call: lastCall, byteCount: frame.count).write(to: &output)
        output += frame
        return lastCall
    }

    /// Says that nobody waits for an answer any more; false if it has come.
    mutating func cancel(_ call: UInt32) -> Bool {
        guard waiting.remove(call) != nil else { return false }
        WireFrame.Head(.cancel, call: call).write(to: &output)
        return true
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
            case .answer:
                // Whoever waited may have gone meanwhile.
                if waiting.remove(head.call) != nil {
                    events.append(.answered(head.call, content))
                }
            case .ping: WireFrame.Head(.pong).write(to: &output)
            case .pong: break
            case .away:
                isAway = true
                let late = waiting.filter { $0 > head.call }.sorted()
                waiting.subtract(late)
                if !late.isEmpty { events.append(.declined(late)) }
            case .request, .cancel: throw .outOfTurn
            }
        }
        return events
    }

    /// Sends what keeps the connection alive; false when the other side is dead.
    mutating func tick(now: Duration) -> Bool {
        if pulse.isDead(now: now) { return false }
        if pulse.asks(now: now) { WireFrame.Head(.ping).write(to: &output) }
        return true
    }
}
