import Platform
import Ports
import Synchronization

/// A bus within one process that keeps no event: the publisher's outbox does.
///
/// A publisher waits until a consumer has settled its event, however long the handler takes; one
/// that is cancelled waits no longer. An event that is sent back rests and is handed out again a
/// few times; then, or when nobody consumes, its publisher is told that the bus is unavailable and
/// keeps it. Only dead letters are kept here, and are gone with the process.
public final class MemoryEventBus: EventBus {
    /// Deliveries of one event before its publisher is told to keep it.
    public static let attemptCountMaximum = 5
    /// How long a publisher waits for somebody to consume.
    public static let consumerWaitMaximum = Duration.seconds(2)
    /// How often a waiting publisher looks whether somebody consumes.
    static let consumerPollInterval = Duration.milliseconds(50)

    /// What a publisher is told of its event.
    enum Answer {
        /// It was taken, or is a dead letter.
        case settled
        /// It was sent back after so many deliveries, and rests.
        case again(deliveryCount: Int)
        /// Nobody consumes; it rests.
        case nobody
        /// The publisher was cancelled; a consumer may hold the event, or it rests.
        case cancelled(isHeld: Bool)
    }

    /// An event in a consumer's hands.
    struct Held: Sendable {
        let number: Int
        let delivery: BusDelivery
    }

    struct Queue {
        var line: EventLine
        var consumerCount = 0
        /// Who waits for an event, by the order in which they came.
        var idle: [UInt64: CheckedContinuation<Held?, Never>] = [:]
        /// Who waits for the end of an event that waits or is held.
        var publishers: [Int: CheckedContinuation<Answer, Never>] = [:]
    }

    struct Listener {
        var signals: [BusSignal] = []
        var continuation: CheckedContinuation<BusSignal?, Never>?
    }

    struct State {
        var queues: [QueueName: Queue] = [:]
        var listeners: [TopicName: [UInt64: Listener]] = [:]
        var lastKey: UInt64 = 0

        mutating func makeKey() -> UInt64 {
            lastKey += 1
            return lastKey
        }
    }

    let platform: Platform
    let bounds: EventLine.Bounds
    let state: Mutex<State>

    /// A bus with these queues, to which others are added when they are consumed from.
    public init(
        platform: Platform, queues: [QueueName], bounds: EventLine.Bounds = EventLine.Bounds()
    ) {
        self.platform = platform
        self.bounds = bounds
        var declared = State()
        for name in queues { declared.queues[name] = Queue(line: EventLine(bounds)) }
        state = Mutex(declared)
    }

    /// What became of the events of all queues.
    public var counts: BusCounts {
        state.withLock { $0.queues.values.map(\.line.counts).reduce(BusCounts(), +) }
    }

    /// What became of the events of one queue.
    public func counts(of queue: QueueName) -> BusCounts {
        state.withLock { $0.queues[queue]?.line.counts ?? BusCounts() }
    }

    /// The dead letters of one queue, in the order in which they died.
    public func deadLetters(of queue: QueueName) -> [DeadLetter] {
        state.withLock { $0.queues[queue]?.line.deadLetters ?? [] }
    }

    /// Hands the dead letters of a queue to its consumers again; those that are not taken are
    /// dead letters again.
    ///
    /// - Returns: how many were settled.
    public func replayDeadLetters(of queue: QueueName) async throws(BusError) -> Int {
        let numbers = state.withLock { $0.queues[queue]?.line.reviveDeadLetters() ?? [] }
        for (index, number) in numbers.enumerated() {
            do throws(BusError) {
                try await handOver(number, in: queue)
            } catch {
                for unsettled in numbers[index...] { keepBack(unsettled, in: queue) }
                throw error
            }
        }
        return numbers.count
    }
}
