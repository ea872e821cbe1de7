import Cluster
import Platform

/// A connection between two nodes that carries bytes.
final class SimulatedBytePipe: @unchecked Sendable {
    /// Bytes that one side may have on the way or unread at the other.
    static let windowByteCount = 256 << 10
    /// The longest piece that arrives at once.
    static let pieceByteCountMaximum = 16 << 10
    /// How long what meets a cut link rests before it sets out again.
    static let repeatDelay = Duration.milliseconds(200)

    let network: SimulatedNetwork
    private(set) var caller: End
    private(set) var callee: End

    init(_ network: SimulatedNetwork, from caller: SimulatedNode, to callee: SimulatedNode) {
        self.network = network
        self.caller = End(caller)
        self.callee = End(callee)
        (self.caller.pipe, self.callee.pipe) = (self, self)
        (self.caller.other, self.callee.other) = (self.callee, self.caller)
        for end in [self.caller, self.callee] {
            end.node.atCrash {
                end.drop()
                end.reset()
            }
        }
    }

    /// One side of the connection.
    final class End: ByteStream, @unchecked Sendable {
        let node: SimulatedNode
        /// The ends hold the connection, and it holds them, until both are over.
        fileprivate var pipe: SimulatedBytePipe?
        fileprivate var other: End?
        private var user: (any ByteStreamUser)?
        private var arrived: [UInt8] = []
        private var isReading = true
        private var isAwake = false
        private var isDelivering = false
        private var isClosing = false
        /// Bytes that were sent and that the other side has not taken.
        private var windowedByteCount = 0
        /// What is on the way here, oldest first, with the time of its arrival.
        fileprivate var line: [(Duration, () -> Void)] = []

        fileprivate init(_ node: SimulatedNode) { self.node = node }

        func attach(_ user: any ByteStreamUser) {
            self.user = user
            deliver()
        }

        func wake() {
            guard !isAwake, let pipe else { return }
            isAwake = true
            pipe.network.simulation.after(.zero) { [self] in
                isAwake = false
                flush()
            }
        }

        func setReading(_ isReading: Bool) {
            self.isReading = isReading
            deliver()
        }

        func close(atOnce: Bool) {
            guard let pipe, !isClosing else { return }
            isClosing = true
            if !atOnce { flush() }
            let user = user
            pipe.network.simulation.after(.zero) { [self] in
                drop()
                user?.streamEnded()
            }
            reset()
        }

        /// Forgets everything: the process is gone, or the connection is over.
        fileprivate func drop() { (user, arrived, pipe) = (nil, [], nil) }

        /// Tells the other side, after all that was sent, that the connection is over.
        fileprivate func reset() {
            guard let other else { return }
            self.other = nil
            pipe?.carry(to: other, from: self) {
                other.deliver()
                let user = other.user
                other.drop()
                user?.streamEnded()
            }
        }

        /// Sends what the user has, as far as the other side can take it.
        private func flush() {
            guard node.isUp, let user, let pipe, let other,
                windowedByteCount < SimulatedBytePipe.windowByteCount
            else { return }
            let output = user.takeOutput()
            guard !output.isEmpty else { return }
            windowedByteCount += output.count
            let draws = pipe.draws(from: self)
            var rest = output[...]
            while !rest.isEmpty {
                let longest = min(rest.count, SimulatedBytePipe.pieceByteCountMaximum)
                // Most pieces are as long as they may be; the others are cut anywhere.
                let length = draws.chance(permille: 700) ? longest : 1 + draws.below(longest)
                send(Array(rest.prefix(length)), to: other, pipe, draws)
                rest = rest.dropFirst(length)
            }
        }

        private func send(
            _ piece: [UInt8], to other: End, _ pipe: SimulatedBytePipe, _ draws: RandomStream
        ) {
            var piece = piece
            let (simulation, weather) = (pipe.network.simulation, pipe.network.streamWeather)
            if draws.chance(permille: weather.garblePermille) {
                simulation.count("fault: garbled piece")
                piece[draws.below(piece.count)] ^= UInt8(1 + draws.below(255))
            }
            let isReset = draws.chance(permille: weather.resetPermille)
            pipe.carry(to: other, from: self) { [self] in
                guard other.pipe != nil else { return }
                if isReset {
                    simulation.count("fault: reset connection")
                    for end in [self, other] {
                        let user = end.user
                        end.drop()
                        user?.streamEnded()
                    }
                    return
                }
                simulation.note(piece)
                other.arrived += piece
                other.deliverSoon()
            }
        }

        /// What arrives within a moment is delivered together.
        private func deliverSoon() {
            guard !isDelivering, let pipe else { return }
            isDelivering = true
            let delay = pipe.draws(from: self).duration(in: .zero...Duration.microseconds(200))
            pipe.network.simulation.after(node.isPaused ? .milliseconds(5) : delay) { [self] in
                isDelivering = false
                if node.isPaused { deliverSoon() } else { deliver() }
            }
        }

        private func deliver() {
            guard isReading, !arrived.isEmpty, node.isUp, let user, let pipe else { return }
            let bytes = arrived
            arrived = []
            bytes.withUnsafeBytes { user.receive($0) }
            guard let other else { return }
            pipe.network.simulation.after(pipe.network.weather.latency.lowerBound) {
                other.windowedByteCount -= bytes.count
                other.wake()
            }
        }
    }

    fileprivate func draws(from end: End) -> RandomStream {
        let (from, to) = end === caller ? (caller, callee) : (callee, caller)
        return network.draws(from: from.node.name, to: to.node.name)
    }

    /// Carries something from one end to the other, in order.
    fileprivate func carry(to receiver: End, from sender: End, _ arrive: @escaping () -> Void) {
        let latency = draws(from: sender).duration(in: network.weather.latency)
        receiver.line.append((network.simulation.now + latency, arrive))
        if receiver.line.count == 1 { pump(to: receiver, from: sender) }
    }

    /// Lets the oldest thing on the way arrive, then the next.
    private func pump(to receiver: End, from sender: End) {
        let simulation = network.simulation
        guard let (time, arrive) = receiver.line.first else { return }
        simulation.at(max(time, simulation.now)) { [self] in
            guard !network.isCut(from: sender.node.name, to: receiver.node.name) else {
                simulation.count("fault: stream met a cut")
                simulation.after(Self.repeatDelay) { [self] in
                    pump(to: receiver, from: sender)
                }
                return
            }
            arrive()
            receiver.line.removeFirst()
            pump(to: receiver, from: sender)
        }
    }
}
