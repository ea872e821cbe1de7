import Platform
import Synchronization

/// A connection to another node, on which any number of calls wait for their answers.
final class CallingConnection: ByteStreamUser {
    private struct State {
        var wire: WireCaller
        var waiting: [UInt32: Promise<Result<[UInt8], TransportError>>] = [:]
        var isOver = false
        var lastUse: Duration
    }

    private let stream: any ByteStream
    private let clock: any NodeClock
    private let deadlines: DeadlineWatch
    private let state: Mutex<State>
    private let onEnd: @Sendable (CallingConnection) -> Void

    init(
        _ stream: any ByteStream, clock: any NodeClock, deadlines: DeadlineWatch,
        onEnd: @escaping @Sendable (CallingConnection) -> Void
    ) {
        self.stream = stream
        self.clock = clock
        self.deadlines = deadlines
        self.onEnd = onEnd
        let now = clock.uptime
        state = Mutex(State(wire: WireCaller(now: now), lastUse: now))
        stream.wake()
    }

    /// Whether calls may be begun on it.
    var isOpen: Bool { state.withLock { !$0.isOver && !$0.wire.isAway } }

    /// Sends a frame and waits for its answer, until `end`.
    func exchange(
        _ frame: [UInt8], until end: Duration
    ) async throws(TransportError) -> [UInt8] {
        let promise = Promise<Result<[UInt8], TransportError>>()
        let call = try state.withLock { state throws(TransportError) in
            guard !state.isOver, !state.wire.isAway else { throw .unreachable }
            guard let call = state.wire.begin(frame) else { throw .saturated }
            state.waiting[call] = promise
            return call
        }
        stream.wake()
        if let answer = await deadlines.value(of: promise, until: end) { return try answer.get() }
        cancel(call)
        throw Task.isCancelled ? .cancelled : .timedOut
    }

    private func cancel(_ call: UInt32) {
        let isSaid = state.withLock { state in
            state.waiting[call] = nil
            return !state.isOver && state.wire.cancel(call)
        }
        if isSaid { stream.wake() }
    }

    func takeOutput() -> [UInt8] { state.withLock { $0.wire.takeOutput() } }

    func receive(_ piece: UnsafeRawBufferPointer) {
        typealias Gift = (Promise<Result<[UInt8], TransportError>>, Result<[UInt8], TransportError>)
        let now = clock.uptime
        let (gifts, hasOutput, isViolated) = state.withLock { state -> ([Gift], Bool, Bool) in
            guard !state.isOver else { return ([], false, false) }
            state.lastUse = now
            var gifts: [Gift] = []
            do throws(WireViolation) {
                for event in try state.wire.receive(piece, now: now) {
                    switch event {
                    case .answered(let call, let frame):
                        if let promise = state.waiting.removeValue(forKey: call) {
                            gifts.append((promise, .success(frame)))
                        }
                    case .declined(let calls):
                        for promise in calls.compactMap({ state.waiting.removeValue(forKey: $0) }) {
                            gifts.append((promise, .failure(.unreachable)))
                        }
                    }
                }
            } catch {
                return (gifts, false, true)
            }
            return (gifts, state.wire.hasOutput, false)
        }
        for (promise, result) in gifts { promise.give(result) }
        if hasOutput { stream.wake() }
        if isViolated { end(atOnce: true) }
    }

    func streamEnded() { end(atOnce: true) }

    /// Keeps the connection alive; ends it when the other side is dead, has left, or nobody has
    /// called for `idleMaximum`.
    func tick(idleMaximum: Duration) {
        let now = clock.uptime
        let (isUseful, hasOutput) = state.withLock { state in
            let isUsed =
                !state.wire.isIdle || !state.wire.isAway && now - state.lastUse < idleMaximum
            return (isUsed && state.wire.tick(now: now), state.wire.hasOutput)
        }
        if !isUseful { end(atOnce: true) } else if hasOutput { stream.wake() }
    }

    /// Breaks all calls off.
    func end(atOnce: Bool) {
        let waiting = state.withLock { state in
            defer { (state.waiting, state.isOver) = ([:], true) }
            return state.isOver ? nil : state.waiting
        }
        guard let waiting else { return }
        for (_, promise) in waiting.sorted(by: { $0.key < $1.key }) {
            promise.give(.failure(.broken))
        }
        stream.close(atOnce: atOnce)
        onEnd(self)
    }
}
