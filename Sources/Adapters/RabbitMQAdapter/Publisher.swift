import Platform
import Ports
import SocketDrivers
import Synchronization

/// The connection for all that a bus publishes: it lasts, has a thread of its own, sends what
/// waits without a pause, and tells each sender what the broker made of it.
///
/// Nothing is consumed on it, because a broker with an alarm stops reading from connections that
/// publish, and would read no acknowledgement either.
final class Publisher: Sendable {
    /// A message on its way to the broker.
    struct Publication: Sendable {
        let number: UInt64
        let message: AMQPMessage
        let route: AMQPRoute
        let isMandatory: Bool
    }

    typealias Outcome = Result<Void, BusError>

    struct State {
        var waiting: [Publication] = []
        /// Whom to tell; a sender who has been told or was cancelled is here no more.
        var senders: [UInt64: CheckedContinuation<Outcome, Never>] = [:]
        /// Bytes of each that waits or was sent and is not confirmed.
        var byteCounts: [UInt64: Int] = [:]
        var byteCount = 0
        var lastNumber: UInt64 = 0
        /// The broker takes no publications.
        var isBlocked = false
        var isClosed = false
        /// The thread waits for the bell.
        var isParked = false
        var hasEnded = false
        var onEnd: [CheckedContinuation<Void, Never>] = []
    }

    let topology: Topology
    let queues: [QueueName]
    let platform: Platform
    let state = Mutex(State())
    let bell = Doorbell()

    /// - Parameter queues: declared whenever it connects.
    init(_ topology: Topology, queues: [QueueName], platform: Platform) {
        self.topology = topology
        self.queues = queues
        self.platform = platform
    }

    func start() { DriverThread.start { self.run() } }

    /// Sends a message and returns when the broker has it.
    ///
    /// - Parameter isCancellable: whether the end of the task ends the wait.
    func publish(
        _ message: AMQPMessage, to route: AMQPRoute, isMandatory: Bool, isCancellable: Bool
    ) async throws(BusError) {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        var message = message
        message.number = number
        let publication = Publication(
            number: number, message: message, route: route, isMandatory: isMandatory)
        try await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                offer(publication, continuation)
                if isCancellable, Task.isCancelled { abandon(number) }
            }
        } onCancel: {
            if isCancellable { abandon(number) }
        }.get()
    }

    /// Takes no more publications, fails those that wait, and lets the thread end.
    func close() {
        state.withLock { $0.isClosed = true }
        bell.ring()
    }

    /// Returns when the thread has ended.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.onEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func offer(
        _ publication: Publication, _ sender: CheckedContinuation<Outcome, Never>
    ) {
        let size = publication.message.body.count
        let limits = topology.configuration
        let (isTaken, mustRing) = state.withLock { state in
            guard !state.isClosed, !state.isBlocked,
                state.byteCounts.count < limits.publicationCountMaximum,
                state.byteCount + size <= limits.publicationByteCountMaximum
            else { return (false, false) }
            state.waiting.append(publication)
            state.senders[publication.number] = sender
            state.byteCounts[publication.number] = size
            state.byteCount += size
            defer { state.isParked = false }
            return (true, state.isParked)
        }
        if mustRing { bell.ring() }
        if !isTaken { sender.resume(returning: .failure(.unavailable)) }
    }

    /// Ends the wait of a sender, who learns nothing.
    private func abandon(_ number: UInt64) {
        state.withLock { $0.senders.removeValue(forKey: number) }?
            .resume(returning: .failure(.unconfirmed))
    }
}
