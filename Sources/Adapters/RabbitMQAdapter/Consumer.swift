import Platform
import Ports
import SocketDrivers
import Synchronization

/// A connection that hands out what one consumer gets: it has a thread of its own and lasts until
/// it is closed or breaks.
final class Consumer: Sendable {
    /// Where from.
    enum Source: Sendable {
        case queue(QueueName, prefetchMaximum: Int)
        case signals(TopicName)
    }

    /// What is to be told to the broker about a message.
    struct Settlement: Sendable {
        let tag: UInt64
        let isTaken: Bool
    }

    fileprivate typealias Waiter = CheckedContinuation<Result<AMQPDelivery?, BusError>, Never>

    fileprivate enum Stage {
        case opening, open, broken, ended
    }

    fileprivate struct State {
        var stage = Stage.opening
        var isClosed = false
        /// The thread waits for the bell.
        var isParked = false
        var arrived: [AMQPDelivery] = []
        var waiter: Waiter?
        var settlements: [Settlement] = []
        var onOpen: CheckedContinuation<Bool, Never>?
        var onEnd: CheckedContinuation<Void, Never>?
    }

    let source: Source
    let topology: Topology
    let bell = Doorbell()
    private let state = Mutex(State())

    init(_ source: Source, _ topology: Topology) {
        self.source = source
        self.topology = topology
    }

    /// Begins to consume; false when the broker cannot be reached or refuses. Either way it must
    /// be closed.
    func open() async -> Bool {
        await withCheckedContinuation { continuation in
            state.withLock { $0.onOpen = continuation }
            DriverThread.start { self.run() }
        }
    }

    /// The next message, once there is one; nil when the task is cancelled.
    ///
    /// One task asks at a time.
    func next() async throws(BusError) -> AMQPDelivery? {
        try await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { $0.take(or: continuation) }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: .success(nil))
        }.get()
    }

    /// Tells the broker what became of a message; when the connection has broken it knows
    /// already.
    func settle(_ tag: UInt64, isTaken: Bool) {
        let mustRing = state.withLock { state in
            state.settlements.append(Settlement(tag: tag, isTaken: isTaken))
            defer { state.isParked = false }
            return state.isParked
        }
        if mustRing { bell.ring() }
    }

    /// Ends the connection after what was settled, and returns when the thread has ended.
    func close() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                state.isClosed = true
                if state.stage != .ended { state.onEnd = continuation }
                return state.stage == .ended
            }
            bell.ring()
            if hasEnded { continuation.resume() }
        }
    }
}

extension Consumer {
    /// Says that the broker hands out from now on.
    func noteOpen() {
        let continuation = state.withLock { state in
            state.stage = .open
            defer { state.onOpen = nil }
            return state.onOpen
        }
        continuation?.resume(returning: true)
    }

    /// Says that nothing more comes.
    func noteBreak() {
        let (onOpen, waiter) = state.withLock { state in
            state.stage = .broken
            state.arrived = []
            defer { (state.onOpen, state.waiter) = (nil, nil) }
            return (state.onOpen, state.waiter)
        }
        onOpen?.resume(returning: false)
        waiter?.resume(returning: .failure(.broken))
    }

    /// Says that the thread ends.
    func noteEnd() {
        let continuation = state.withLock { state in
            state.stage = .ended
            return state.onEnd
        }
        continuation?.resume()
    }

    /// Brings a message; one beyond `countMaximum` that wait is dropped.
    func arrive(_ delivery: AMQPDelivery, countMaximum: Int) {
        let waiter: Waiter? = state.withLock { state in
            guard let waiter = state.waiter else {
                if state.arrived.count < countMaximum { state.arrived.append(delivery) }
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: .success(delivery))
    }

    /// What is to be settled; nil when the connection is to be closed and nothing is.
    func takeSettlements() -> [Settlement]? {
        state.withLock { state in
            if state.isClosed, state.settlements.isEmpty { return nil }
            state.isParked = !state.isClosed
            defer { state.settlements = [] }
            return state.settlements
        }
    }
}

extension Consumer.State {
    /// What `waiter` need not wait for; nil when it waits.
    fileprivate mutating func take(
        or waiter: Consumer.Waiter
    ) -> Result<AMQPDelivery?, BusError>? {
        if Task.isCancelled { return .success(nil) }
        guard stage == .open else { return .failure(.broken) }
        guard arrived.isEmpty else { return .success(arrived.removeFirst()) }
        self.waiter = waiter
        return nil
    }
}
