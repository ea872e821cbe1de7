import Platform
import Ports

extension RabbitMQEventBus {
    /// Dead letters that are looked at or replayed at once.
    public static let deadLetterCountMaximum = 1000
    /// Bytes of their payloads, beyond which no further one is looked at.
    static let deadLetterByteCountMaximum = 16 << 20

    /// The oldest dead letters of a queue, at most ``deadLetterCountMaximum``, without those that
    /// somebody else looks at or replays now.
    ///
    /// - Throws: ``BusError/unavailable``.
    public func deadLetters(of queue: QueueName) async throws(BusError) -> [RabbitMQDeadLetter] {
        try await offload("bus.deadletters") { bus throws(AMQPError) in
            let link = try bus.topology.open([])
            let found = try bus.takeDeadLetters(of: queue, on: link)
            // They were not settled: all go back to their places.
            try link.close()
            return found.map { RabbitMQDeadLetter($0.message) }
        }
    }

    /// Puts the oldest dead letters of a queue at its end, as if they had never been handed out,
    /// and forgets them; one that the queue has no room for stays.
    ///
    /// - Returns: how many were put there; when there are ``deadLetterCountMaximum`` or more, it
    ///   can be called again.
    /// - Throws: ``BusError/unavailable``: each is a dead letter still, or replayed, or both.
    @discardableResult
    public func replayDeadLetters(of queue: QueueName) async throws(BusError) -> Int {
        try await offload("bus.replay") { bus throws(AMQPError) in
            let link = try bus.topology.open([])
            try link.selectConfirms()
            let found = try bus.takeDeadLetters(of: queue, on: link)
            var ledger = ConfirmLedger()
            for (index, delivery) in found.enumerated() {
                var message = delivery.message.handedOut(0)
                message.number = UInt64(index)
                ledger.send(message.number, until: .zero)
                try link.publish(
                    message, to: .queue(bus.topology.names.queue(queue)), isMandatory: true)
            }
            var replayedCount = 0
            while ledger.count > 0 {
                for number in try Self.confirmed(&ledger, on: link) {
                    try link.settle(found[Int(number)].tag, isTaken: true)
                    replayedCount += 1
                }
            }
            try link.close()
            return replayedCount
        }
    }

    /// Removes queues with all that they hold, their dead letters too: what a trial leaves.
    package func removeQueues(_ queues: [QueueName]) async throws(BusError) {
        try await offload("bus.remove") { bus throws(AMQPError) in
            let link = try bus.topology.open([])
            for queue in queues {
                try link.delete(bus.topology.names.queue(queue))
                try link.delete(bus.topology.names.deadLetters(of: queue))
            }
            try link.close()
        }
    }

    /// Takes dead letters in hand; a queue that does not exist has none.
    private func takeDeadLetters(
        of queue: QueueName, on link: AMQPLink
    ) throws(AMQPError) -> [AMQPDelivery] {
        do throws(AMQPError) {
            return try takeAll(of: queue, on: link)
        } catch {
            guard case .refused(AMQPError.notFound, _) = error else { throw error }
            return []
        }
    }

    private func takeAll(
        of queue: QueueName, on link: AMQPLink
    ) throws(AMQPError) -> [AMQPDelivery] {
        var (found, byteCount) = ([AMQPDelivery](), 0)
        while found.count < Self.deadLetterCountMaximum,
            byteCount < Self.deadLetterByteCountMaximum
        {
            try link.get(topology.names.deadLetters(of: queue))
            switch try link.input() {
            case .delivered(let delivery):
                found.append(delivery)
                byteCount += delivery.message.body.count
            case .nothing: return found
            case .blocked: throw .broken("the broker has an alarm")
            case .returned, .confirmed, .rejected, .cancelled:
                throw .broken("read: an unexpected answer")
            }
        }
        return found
    }

    /// The numbers of those that the next input confirms.
    private static func confirmed(
        _ ledger: inout ConfirmLedger, on link: AMQPLink
    ) throws(AMQPError) -> [UInt64] {
        switch try link.input() {
        case .confirmed(let tag, let isMultiple):
            return ledger.settle(tag, isMultiple: isMultiple).filter { !$0.isReturned }
                .map(\.number)
        case .rejected(let tag, let isMultiple):
            _ = ledger.settle(tag, isMultiple: isMultiple)
            return []
        case .returned(let number):
            ledger.markReturned(number)
            return []
        case .blocked: return []
        case .delivered, .nothing, .cancelled: throw .broken("read: an unexpected answer")
        }
    }

    private func offload<Value: Sendable>(
        _ name: StaticString,
        _ work: @escaping @Sendable (RabbitMQEventBus) throws(AMQPError) -> Value
    ) async throws(BusError) -> Value {
        do {
            return try await platform.offload.run(name) { try work(self) }
        } catch {
            if let error = error as? AMQPError { topology.report(.failed(error.reason)) }
            throw .unavailable
        }
    }
}
