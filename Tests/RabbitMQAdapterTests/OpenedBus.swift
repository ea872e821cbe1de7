import ClusterNetwork
import Foundation
import Platform
import Ports
import RabbitMQAdapter
import Synchronization

/// A bus on the broker of the tests, and what it has reported.
final class OpenedBus: Sendable {
    let bus: RabbitMQEventBus
    private let journal = Journal()

    /// Opens a bus with names of its own, unless `prefix` says which.
    init(
        _ server: RabbitMQServer, _ system: SystemPlatform, prefix: String? = nil,
        queues: [QueueName] = [], _ change: (inout RabbitMQConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = RabbitMQConfiguration(
            host: "127.0.0.1", credentials: RabbitMQCredentials(user: "guest", password: "guest"))
        configuration.port = server.port
        configuration.namePrefix = prefix ?? Self.newPrefix()
        change(&configuration)
        let journal = journal
        bus = try RabbitMQEventBus(configuration, platform: system.platform, queues: queues) {
            journal.note($0)
        }
    }

    static func newPrefix() -> String { "\(UUID().uuidString.prefix(18))." }

    var events: [RabbitMQConnectionEvent] { journal.events }

    func publish(_ id: String, to queue: QueueName = "q", byteCount: Int = 1) async throws(BusError)
    {
        let payload = [UInt8](repeating: 7, count: byteCount)
        try await bus.publish(BusEvent(id: id, sender: "tests", payload: payload), to: queue)
    }

    /// What becomes of one publication.
    func outcome(
        of id: String, to queue: QueueName = "q", byteCount: Int = 1
    ) async -> BusError? {
        do throws(BusError) {
            try await publish(id, to: queue, byteCount: byteCount)
            return nil
        } catch {
            return error
        }
    }

    private final class Journal: Sendable {
        private let guarded = Mutex<[RabbitMQConnectionEvent]>([])

        var events: [RabbitMQConnectionEvent] { guarded.withLock { $0 } }

        func note(_ event: RabbitMQConnectionEvent) { guarded.withLock { $0.append(event) } }
    }
}

/// A consumer that consumes again whenever its channel breaks, and what it was handed.
final class Worker: Sendable {
    private let task: Task<Void, Never>
    private let guarded: Seen

    private final class Seen: Sendable {
        let deliveries = Mutex<[BusDelivery]>([])
        let errors = Mutex<[BusError]>([])
    }

    init(
        _ bus: RabbitMQEventBus, of queue: QueueName = "q", prefetchMaximum: Int = 10,
        _ handler: @escaping @Sendable (BusDelivery) async -> BusVerdict = { _ in .taken }
    ) {
        let seen = Seen()
        guarded = seen
        task = Task {
            while !Task.isCancelled {
                do throws(BusError) {
                    try await bus.consume(queue, prefetchMaximum: prefetchMaximum) { delivery in
                        seen.deliveries.withLock { $0.append(delivery) }
                        return await handler(delivery)
                    }
                } catch {
                    seen.errors.withLock { $0.append(error) }
                    do { try await Task.sleep(for: .milliseconds(50)) } catch { return }
                }
            }
        }
    }

    var deliveries: [BusDelivery] { guarded.deliveries.withLock { $0 } }
    var ids: [String] { deliveries.map(\.event.id) }
    var errors: [BusError] { guarded.errors.withLock { $0 } }

    func end() async {
        task.cancel()
        await task.value
    }
}

/// Returns when `holds` does; false when it never does.
func eventually(_ holds: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<3000 {
        if try await holds() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
