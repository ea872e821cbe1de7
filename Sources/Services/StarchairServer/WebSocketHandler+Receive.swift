import NIOCore
import Ports

extension WebSocketHandler {
    /// The next text; nil when the page closed the connection.
    func receive(_ call: Receiving, on loop: any EventLoop) -> EventLoopFuture<String?> {
        if let text = texts.popFirst() {
            resume()
            return loop.makeSucceededFuture(text)
        }
        switch ending {
        case .closedByPage: return loop.makeSucceededFuture(nil)
        case .failed(let error): return loop.makeFailedFuture(error)
        case nil: break
        }
        precondition(receiver == nil, "one task receives")
        let promise = loop.makePromise(of: String?.self)
        receiver = (call, promise)
        return promise.futureResult
    }

    /// Ends a call that waits: its task was cancelled.
    func cancel(_ call: Receiving) {
        guard let receiver, receiver.call === call else { return }
        self.receiver = nil
        receiver.promise.fail(LiveError.closed)
    }

    /// Understands what has come, as far as there is room for it.
    func readEvents() {
        while phase == .open || phase == .closing, !isPaused {
            do throws(WebSocketViolation) {
                guard let event = try reader.next(&unread) else { break }
                handle(event)
            } catch {
                refuse(error.reason)
            }
        }
        if unread.readableBytes == 0 {
            unread = ByteBuffer()
        } else {
            unread.discardReadBytes()
        }
    }

    /// Nothing more will be received; who waits is told, who comes later too.
    func end(_ ending: Ending) {
        guard self.ending == nil else { return }
        self.ending = ending
        guard let promise = receiver?.promise else { return }
        receiver = nil
        switch ending {
        case .closedByPage: promise.succeed(nil)
        case .failed(let error): promise.fail(error)
        }
    }

    /// There is room again for what the page says.
    func resume() {
        readEvents()
        if !isPaused, phase != .closed { context?.read() }
    }

    private func handle(_ event: WebSocketReader.Event) {
        pings.heard()
        switch event {
        case .text(let text): deliver(text)
        case .ping(let payload): answer(payload)
        case .pong: break
        case .close(let code): pageCloses(code)
        }
    }

    private func deliver(_ text: String) {
        guard phase == .open else { return }
        if let receiver {
            self.receiver = nil
            receiver.promise.succeed(text)
        } else {
            texts.append(text)
        }
    }
}
