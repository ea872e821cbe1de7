import NIOCore
import Ports

extension WebSocketHandler {
    /// Writes a frame; succeeds when the system has taken all of it.
    func send(_ frame: ByteBuffer, on loop: any EventLoop) -> EventLoopFuture<Void> {
        let done = loop.makePromise(of: Void.self)
        guard phase == .open, let context else {
            done.fail(ending?.error ?? .closed)
            return done.futureResult
        }
        let timer = schedule(after: timing.sendTimeout) { self.fail(.slow) }
        context.writeAndFlush(wrapOutboundOut(frame)).assumeIsolated().whenComplete { result in
            timer?.cancel()
            switch result {
            case .success: done.succeed()
            case .failure: done.fail(self.ending?.error ?? .closed)
            }
        }
        return done.futureResult
    }

    /// Answers a ping. Of the pings that come while an answer is written, only the last gets one
    /// (RFC 6455, section 5.5.3): a page cannot pile up answers by not reading them.
    func answer(_ payload: [UInt8]) {
        guard phase == .open, pongs.begins(with: payload) else { return }
        writePong(payload)
    }

    func schedulePing() {
        pingTimer = schedule(after: timing.pingInterval) { self.ping() }
    }

    func schedule(after delay: Duration, _ work: @escaping () -> Void) -> Scheduled<Void>? {
        context?.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay), work)
    }

    private func writePong(_ payload: [UInt8]) {
        write(.pong, payload) {
            if let next = self.pongs.next(), self.phase == .open { self.writePong(next) }
        }
    }

    private func ping() {
        guard phase == .open else { return }
        switch pings.isDue(
            isListening: !isPaused, unansweredCountMaximum: timing.unansweredPingCountMaximum)
        {
        case .write: write(.ping, []) { self.pings.written() }
        case .wait: break
        case .giveUp: return close(.tryAgainLater)
        }
        schedulePing()
    }

    private func write(
        _ opcode: WebSocketOpcode, _ payload: [UInt8], onWritten: @escaping () -> Void
    ) {
        guard let context else { return }
        var frame = context.channel.allocator.buffer(capacity: payload.count + 2)
        frame.writeFrame(opcode, payload)
        context.writeAndFlush(wrapOutboundOut(frame)).assumeIsolated().whenSuccess(onWritten)
    }
}
