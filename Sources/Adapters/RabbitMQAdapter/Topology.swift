import Platform
import Ports

/// Opens connections, each with what must exist on the broker declared on it.
struct Topology: Sendable {
    let configuration: RabbitMQConfiguration
    let clock: any NodeClock
    let report: @Sendable (RabbitMQConnectionEvent) -> Void

    var names: BrokerNames { BrokerNames(prefix: configuration.namePrefix) }

    /// A connection on which these queues, their dead letters and the exchange for signals exist.
    ///
    /// A queue that exists with other bounds is taken as it is: a change of the settings must not
    /// stop what runs. The broker closes the channel on which it was declared otherwise, so it
    /// begins again with a new one.
    func open(_ queues: [QueueName]) throws(AMQPError) -> AMQPLink {
        var asTheyAre: Set<String> = []
        while true {
            let link = try AMQPLink(configuration, clock: clock)
            guard let other = try declare(queues, on: link, asTheyAre) else { return link }
            guard asTheyAre.insert(other).inserted else {
                throw .broken("queue: it exists and is another one")
            }
            report(.keepsItsBounds(queue: other))
        }
    }

    /// Declares everything; the name of the first queue that has other bounds.
    private func declare(
        _ queues: [QueueName], on link: AMQPLink, _ asTheyAre: Set<String>
    ) throws(AMQPError) -> String? {
        try link.declareExchange(names.signals)
        for (name, declaration) in queues.flatMap(declarations) {
            do throws(AMQPError) {
                try link.declare(name, asTheyAre.contains(name) ? .existing : declaration)
            } catch {
                guard case .refused(AMQPError.preconditionFailed, _) = error else { throw error }
                return name
            }
        }
        return nil
    }

    /// The queue's and its dead letters'.
    ///
    /// They are classic queues and not quorum queues. A node that was killed within 0.6 s of the
    /// declaration of a quorum queue (RabbitMQ 3.10.8) could not start that queue again, while
    /// classic durable queues came back with all that was confirmed; and the log of quorum queues
    /// takes up to 512 MiB of memory, half of what a small installation has. What a quorum queue
    /// offers in return, a count of deliveries, the bus keeps in the messages themselves.
    private func declarations(_ queue: QueueName) -> [(String, AMQPLink.Declaration)] {
        let bounds = configuration.bounds
        return [
            (
                names.queue(queue),
                .durable(
                    countMaximum: bounds.eventCountMaximum,
                    byteCountMaximum: bounds.eventByteCountMaximum)
            ),
            (
                names.deadLetters(of: queue),
                .durable(
                    countMaximum: bounds.deadLetterCountMaximum,
                    byteCountMaximum: bounds.deadLetterByteCountMaximum)
            ),
        ]
    }
}
