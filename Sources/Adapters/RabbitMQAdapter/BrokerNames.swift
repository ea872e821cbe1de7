import Ports

/// What queues and exchanges are called on the broker.
struct BrokerNames {
    let prefix: String

    /// Events go to it by way of the exchange without a name, which knows every queue: there is
    /// no binding that could be missing.
    func queue(_ queue: QueueName) -> String { "\(prefix)queue.\(queue)" }

    func deadLetters(of queue: QueueName) -> String { "\(prefix)dead.\(queue)" }

    /// The exchange that spreads signals by their topic.
    var signals: String { "\(prefix)signals" }
}
