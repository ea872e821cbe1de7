import Platform
import Synchronization

/// A transport over byte streams: many calls in flight on one connection to each node.
///
/// A peer that sends garbage, half a frame, a length that is too large, or nothing at all, costs
/// its connection and nothing else.
public final class StreamTransport: Transport {
    /// How a transport treats its connections.
    public struct Configuration: Sendable {
        /// How long a connection may take to be made.
        public var connectTimeout = Duration.seconds(2)
        /// How long a connection stays that nobody calls on.
        public var idleMaximum = Duration.seconds(60)
        /// The first rest after a connection that could not be made; each next is at most twice
        /// as long.
        public var firstRest = Duration.milliseconds(50)
        /// The longest rest after a connection that could not be made.
        public var restMaximum = Duration.seconds(2)
        /// Connections that may be answered at once; further ones are closed.
        public var answeringCountMaximum = 1024
        /// Is told when a peer did not keep to the wire's form.
        public var onViolation: @Sendable (WireViolation) -> Void = { _ in }

        /// The usual treatment.
        public init() {}
    }

    private enum Way {
        case opening([Promise<CallingConnection?>])
        case open(CallingConnection)
        /// No connection is tried before `until`; the next rest is at most `next` long.
        case resting(until: Duration, next: Duration)
    }

    private struct State {
        var ways: [Address: Way] = [:]
        var answering: [Int: (address: Address, connection: AnsweringConnection)] = [:]
        var acceptedCount = 0
        var isTicking = false
    }

    /// How often connections are looked after.
    static let tick = Duration.seconds(1)

    private let configuration: Configuration
    private let platform: Platform
    private let streams: any ByteStreamNetwork
    private let deadlines: DeadlineWatch
    private let state = Mutex(State())

    /// A transport of one node over `streams`.
    public init(
        _ configuration: Configuration = .init(), platform: Platform,
        streams: any ByteStreamNetwork
    ) {
        self.configuration = configuration
        self.platform = platform
        self.streams = streams
        deadlines = DeadlineWatch(platform: platform)
    }

    public func call(
        _ address: Address, _ frame: [UInt8], timeout: Duration
    ) async throws(TransportError) -> [UInt8] {
        let end = platform.clock.uptime + timeout
        return try await connection(to: address, until: end).exchange(frame, until: end)
    }

    public func listen(
        at address: Address, _ handler: @escaping FrameHandler
    ) async throws(TransportError) {
        try await streams.listen(at: address) { [self] stream in
            let number = state.withLock { state in
                state.acceptedCount += 1
                return state.acceptedCount
            }
            let connection = AnsweringConnection(stream, platform: platform, handler: handler) {
                [weak self] violation in
                self?.forget(number)
                if let violation { self?.configuration.onViolation(violation) }
            }
            let isTaken = state.withLock { state in
                guard state.answering.count < configuration.answeringCountMaximum else {
                    return false
                }
                state.answering[number] = (address, connection)
                return true
            }
            if isTaken { startTicking() } else { connection.end(atOnce: true) }
            return connection
        }
    }

    public func stopListening(at address: Address) async {
        await streams.stopListening(at: address)
        let leaving = state.withLock { state in
            state.answering.sorted { $0.key < $1.key }.map(\.value)
                .filter { $0.address == address }.map(\.connection)
        }
        for connection in leaving { connection.leave() }
    }

    /// The open connection to an address, or a new one if it can be had until `end`.
    private func connection(
        to address: Address, until end: Duration
    ) async throws(TransportError) -> CallingConnection {
        // Nearly every call finds one and shall not pay for what the first one needs.
        if case .open(let connection)? = state.withLock({ $0.ways[address] }), connection.isOpen {
            return connection
        }
        let now = platform.clock.uptime
        let promise = Promise<CallingConnection?>()
        enum Step { case use(CallingConnection?), wait, connect(Duration) }
        let step = state.withLock { state -> Step in
            switch state.ways[address] {
            case .open(let connection) where connection.isOpen: return .use(connection)
            case .opening(let waiting) where waiting.count >= WireCaller.callCountMaximum:
                return .use(nil)
            case .opening(let waiting):
                state.ways[address] = .opening(waiting + [promise])
                return .wait
            case .resting(let until, _) where now < until: return .use(nil)
            case .resting(_, let next):
                state.ways[address] = .opening([promise])
                return .connect(next)
            case .open, nil:
                state.ways[address] = .opening([promise])
                return .connect(configuration.firstRest)
            }
        }
        switch step {
        case .use(let connection?): return connection
        case .use(nil): throw .unreachable
        case .wait: break
        case .connect(let rest):
            // The connection is everybody's: it does not end with the call that wanted it first.
            platform.tasks.start("connect") { [self] in await connect(to: address, rest: rest) }
        }
        guard let made = await deadlines.value(of: promise, until: end) else {
            throw Task.isCancelled ? .cancelled : .timedOut
        }
        guard let connection = made else { throw .unreachable }
        return connection
    }

    private func connect(to address: Address, rest: Duration) async {
        let made = Mutex<CallingConnection?>(nil)
        do throws(TransportError) {
            try await streams.connect(to: address, timeout: configuration.connectTimeout) {
                [self] stream in
                let connection = CallingConnection(
                    stream, clock: platform.clock, deadlines: deadlines
                ) { [weak self] connection in self?.forget(connection, to: address) }
                made.withLock { $0 = connection }
                return connection
            }
        } catch {
            made.withLock { $0 = nil }
        }
        let connection = made.withLock { $0 }
        let pause = platform.random.duration(below: rest, for: "connect rest")
        let now = platform.clock.uptime
        let waiting = state.withLock { state in
            guard case .opening(let waiting) = state.ways[address] else {
                return [Promise<CallingConnection?>]()
            }
            if let connection, connection.isOpen {
                state.ways[address] = .open(connection)
            } else {
                let next = min(rest * 2, configuration.restMaximum)
                state.ways[address] = .resting(until: now + pause, next: next)
            }
            return waiting
        }
        for promise in waiting { promise.give(connection) }
        startTicking()
    }

    private func forget(_ connection: CallingConnection, to address: Address) {
        state.withLock { state in
            guard case .open(let known) = state.ways[address], known === connection else { return }
            state.ways[address] = nil
        }
    }

    private func forget(_ answering: Int) {
        state.withLock { $0.answering[answering] = nil }
    }

    /// Looks after the connections as long as there are any.
    private func startTicking() {
        let starts = state.withLock { state in
            defer { state.isTicking = true }
            return !state.isTicking
        }
        guard starts else { return }
        platform.tasks.start("connections") { [weak self, clock = platform.clock] in
            while true {
                do { try await clock.sleep(for: Self.tick) } catch { break }
                guard let self, tickAll() else { return }
            }
            self?.endAll()
        }
    }

    /// Looks after each connection; false when there is none any more.
    private func tickAll() -> Bool {
        let now = platform.clock.uptime
        let (calling, answering) = state.withLock { state in
            // Who rests for long is forgotten, so that addresses of the past do not pile up.
            for (address, way) in state.ways {
                if case .resting(let until, _) = way, until + configuration.idleMaximum < now {
                    state.ways[address] = nil
                }
            }
            if state.ways.isEmpty, state.answering.isEmpty { state.isTicking = false }
            return connections(of: state)
        }
        for connection in calling { connection.tick(idleMaximum: configuration.idleMaximum) }
        for connection in answering { connection.tick() }
        return state.withLock(\.isTicking)
    }

    /// Ends everything: the node stops.
    private func endAll() {
        let (calling, answering) = state.withLock { connections(of: $0) }
        for connection in calling { connection.end(atOnce: true) }
        for connection in answering { connection.end(atOnce: false) }
    }

    private func connections(
        of state: borrowing State
    ) -> (calling: [CallingConnection], answering: [AnsweringConnection]) {
        let calling = state.ways.sorted { $0.key.text < $1.key.text }.compactMap { _, way in
            if case .open(let connection) = way { connection } else { nil }
        }
        return (calling, state.answering.sorted { $0.key < $1.key }.map(\.value.connection))
    }
}
