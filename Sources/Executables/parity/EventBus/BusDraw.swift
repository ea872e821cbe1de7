import Ports

/// Draws operations on few queues and topics.
enum BusDraw {
    /// The queues that exist from the start.
    static let declared: [QueueName] = ["a", "b"]
    /// One more, which comes to be when it is consumed from.
    static let consumed: QueueName = "c"

    static func operation(_ draw: inout Draw) -> BusOperation {
        let client = draw.below(2)
        switch draw.below(100) {
        case ..<46:
            let fate = draw.pick([
                .taken, .taken, .againOnce, .againTwice, .never, BusOperation.Fate.againAlways,
            ])
            return .publish(fate, size(&draw), to: queue(&draw), by: client)
        case ..<60:
            let edges = draw.chance(percent: 15) ? [0, 1001] : [1, 2, 10, 1000]
            return .drain(queue(&draw), prefetchMaximum: draw.pick(edges), by: client)
        case ..<66: return .deadLetters(draw.pick(["a", "a", "b", consumed]))
        case ..<72: return .replay(draw.pick(["a", "a", "b"]))
        case ..<80: return .listen(topic(&draw), slot: draw.below(2), by: client)
        case ..<91:
            let maximum = BusLimits.signalByteCountMaximum
            let count = draw.pick([0, 1, 20, 20, maximum, maximum + 1])
            return .signal(topic(&draw), byteCount: count, by: client)
        default: return .hear(slot: draw.below(2))
        }
    }

    private static func queue(_ draw: inout Draw) -> QueueName {
        if draw.chance(percent: 5) { return QueueName(name(&draw)) }
        return draw.pick(["a", "a", "a", "b", consumed])
    }

    private static func topic(_ draw: inout Draw) -> TopicName {
        if draw.chance(percent: 5) { return TopicName(name(&draw)) }
        return draw.pick(["t", "t", "u"])
    }

    /// A name that breaks a bound.
    private static func name(_ draw: inout Draw) -> String {
        let long = String(repeating: "n", count: BusLimits.nameByteCountMaximum + 1)
        return draw.pick(["", "a\0", long])
    }

    private static func size(_ draw: inout Draw) -> BusOperation.Size {
        guard draw.chance(percent: 10) else { return .usual(draw.pick([0, 1, 300])) }
        let maximum = BusLimits.payloadByteCountMaximum
        return draw.pick([
            .usual(maximum), .longID, .longerID, .longerSender, .longerPayload,
        ])
    }
}
