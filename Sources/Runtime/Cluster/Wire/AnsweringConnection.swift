import Platform
import Synchronization

/// A connection from another node, whose calls are answered.
final class AnsweringConnection: ByteStreamUser {
    private struct State {
        var wire: WireCallee
        /// The calls that run; one whose task is about to be started has none yet.
        var running: [UInt32: StartedTask?] = [:]
        var isOver = false
        var isReading = true
    }

    private let stream: any ByteStream
    private let platform: Platform
    private let handler: FrameHandler
    private let state: Mutex<State>
    private let onEnd: @Sendable (WireViolation?) -> Void

    init(
        _ stream: any ByteStream, platform: Platform, handler: @escaping FrameHandler,
        onEnd: @escaping @Sendable (WireViolation?) -> Void
    ) {
        self.stream = stream
        self.platform = platform
        self.handler = handler
        self.onEnd = onEnd
        state = Mutex(State(wire: WireCallee(now: platform.clock.uptime)))
        stream.wake()
    }

    func takeOutput() -> [UInt8] {
        let (output, isHungry, isDone) = state.withLock { state in
            let output = state.wire.takeOutput()
            return (output, updateReading(&state), state.wire.isDone)
        }
        if let isHungry { stream.setReading(isHungry) }
        // The end comes after the last answer was taken to be sent.
        if isDone { output.isEmpty ? end(atOnce: false) : stream.wake() }
        return output
    }

    func receive(_ piece: UnsafeRawBufferPointer) {
        let now = platform.clock.uptime
        var requests: [(UInt32, [UInt8])] = []
        var cancelled: [StartedTask] = []
        var violation: WireViolation?
        let (hasOutput, isHungry) = state.withLock { state -> (Bool, Bool?) in
            guard !state.isOver else { return (false, nil) }
            do throws(WireViolation) {
                for event in try state.wire.receive(piece, now: now) {
                    switch event {
                    case .requested(let call, let frame):
                        state.running[call] = .some(nil)
                        requests.append((call, frame))
                    case .cancelled(let call):
                        if let task = state.running.removeValue(forKey: call) ?? nil {
                            cancelled.append(task)
                        }
                    }
                }
            } catch {
                violation = error
            }
            return (state.wire.hasOutput, updateReading(&state))
        }
        for task in cancelled { task.cancel() }
        if let violation { return end(atOnce: true, violation) }
        for (call, frame) in requests { start(call, frame) }
        if hasOutput { stream.wake() }
        if let isHungry { stream.setReading(isHungry) }
    }

    /// Whether reading is to begin or to end; nil when it goes on as it does.
    private func updateReading(_ state: inout State) -> Bool? {
        guard state.isReading != state.wire.isHungry else { return nil }
        state.isReading.toggle()
        return state.isReading
    }

    private func start(_ call: UInt32, _ frame: [UInt8]) {
        let task = platform.tasks.start("call") { [self] in
            let answer = await handler(frame)
            finish(call, answer)
        }
        let isWanted = state.withLock { state in
            // It may have ended, or nobody waits for it any more.
            guard state.running[call] != nil else { return false }
            state.running[call] = .some(task)
            return true
        }
        if !isWanted { task.cancel() }
    }

    private func finish(_ call: UInt32, _ answer: [UInt8]) {
        let isSaid = state.withLock { state in
            guard !state.isOver, state.running.removeValue(forKey: call) != nil else {
                return false
            }
            state.wire.answer(call, answer)
            return true
        }
        if isSaid { stream.wake() }
    }

    func streamEnded() { end(atOnce: true) }

    /// Begins no further call; ends when those that run are answered.
    func leave() {
        state.withLock { $0.wire.leave() }
        stream.wake()
    }

    /// Ends the connection when the other side must be gone.
    func tick() {
        let isAlive = state.withLock { $0.wire.isAlive(now: platform.clock.uptime) }
        if !isAlive { end(atOnce: true) }
    }

    /// Ends the connection; what runs for it is cancelled, as nobody waits for it.
    func end(atOnce: Bool, _ violation: WireViolation? = nil) {
        let running = state.withLock { state in
            defer { (state.running, state.isOver) = ([:], true) }
            return state.isOver ? nil : state.running
        }
        guard let running else { return }
        for (_, task) in running.sorted(by: { $0.key < $1.key }) { task?.cancel() }
        stream.close(atOnce: atOnce)
        onEnd(violation)
    }
}
