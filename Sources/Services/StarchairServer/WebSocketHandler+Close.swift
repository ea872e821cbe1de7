import NIOCore
import Ports

extension WebSocketHandler {
    /// Says that it is over, and closes when the page has said so too, or time is up.
    func close(_ reason: LiveCloseReason) {
        guard phase == .open else { return }
        phase = .closing
        texts.removeAll()
        end(.failed(.closed))
        startCloseTimer()
        writeClose(reason.rawValue) {}
        resume()
    }

    /// Tells a page what it did wrong. Nothing that it sends can be understood any more; it is
    /// read and thrown away, since a channel closed with bytes unread would be reset, and the page
    /// would never see the reason.
    func refuse(_ reason: LiveCloseReason) {
        guard phase == .open else { return closeChannel() }
        phase = .lingering
        unread.clear()
        end(.failed(.malformed(reason)))
        startCloseTimer()
        writeClose(reason.rawValue) { self.context?.close(mode: .output, promise: nil) }
    }

    /// The page has said that it is over.
    func pageCloses(_ code: UInt16?) {
        guard phase == .open else { return closeChannel() }
        phase = .lingering
        end(.closedByPage)
        startCloseTimer()
        writeClose(code) { self.closeChannel() }
    }

    /// Closes at once: there is nobody to talk to.
    func fail(_ error: LiveError) {
        end(.failed(error))
        closeChannel()
    }

    /// The channel is closed, for whatever reason.
    func hasClosed() {
        phase = .closed
        unread.clear()
        end(.failed(.closed))
        pingTimer?.cancel()
        closeTimer?.cancel()
    }

    private func closeChannel() {
        phase = .closed
        context?.close(promise: nil)
    }

    private func startCloseTimer() {
        pingTimer?.cancel()
        closeTimer = schedule(after: timing.closeTimeout) { self.closeChannel() }
    }

    private func writeClose(_ code: UInt16?, onWritten: @escaping () -> Void) {
        guard let context else { return }
        var frame = context.channel.allocator.buffer(capacity: 4)
        frame.writeCloseFrame(code)
        context.writeAndFlush(wrapOutboundOut(frame)).assumeIsolated().whenSuccess(onWritten)
    }
}
