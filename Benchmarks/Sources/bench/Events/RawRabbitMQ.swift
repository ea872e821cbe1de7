import Ports

/// librabbitmq alone: a connection and a thread that publish, and one of each that consume.
struct RawRabbitMQ: Sendable {
    private let publisher: RawRabbitMQConnection
    private let consumer: RawRabbitMQConnection
    private let threads = BlockingThreads(countMaximum: 2)

    /// - Parameter queue: as the broker calls it; it exists.
    init(_ place: RabbitMQPlace, queue: String) throws {
        publisher = try RawRabbitMQConnection(place, queue: queue)
        try publisher.selectConfirms()
        consumer = try RawRabbitMQConnection(place, queue: queue)
        try consumer.beginToConsume(prefetchMaximum: EventContents.prefetchMaximum)
    }

    /// Publishes so many, at most `width` of them unconfirmed, and consumes them all.
    func run(_ count: Int, _ width: Int) async throws -> Int {
        try await threads.sum(count, 2) { thread, _ in
            if thread == 0 {
                try publisher.publish(count, width)
            } else {
                try consumer.consume(count)
            }
        }
    }
}
