import Platform
import SocketDrivers

extension RedisConnection {
    /// The age from which a connection is opened again at once.
    private static let steadyAge = Duration.seconds(1)

    /// Connects and serves until it is closed: the thread's work.
    func run() {
        var rest = ReconnectRest(
            atMost: configuration.timeouts.restMaximum, random: platform.random)
        while !isClosed {
            var opened: Duration?
            do throws(RedisLinkError) {
                let link = try RedisLink(configuration, clock: platform.clock)
                state.withLock { $0.isAway = false }
                opened = platform.clock.uptime
                report(.connected)
                try serve(link)
            } catch {
                guard !isClosed else { break }
                report(.failed(error.reason))
                // A server that had served for a while may be back already.
                let age = opened.map { platform.clock.uptime - $0 } ?? .zero
                if age > Self.steadyAge { rest.reset() } else { stayAway(for: rest.next()) }
            }
        }
        end()
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Sends what waits and hands out the replies, until the connection breaks or is closed.
    private func serve(_ link: RedisLink) throws(RedisLinkError) {
        var sent: [Request] = []
        defer { fail(sent) }
        while let taken = take(whileIdle: sent.isEmpty) {
            for request in taken {
                sent.append(request)
                try link.append(request.command)
            }
            if link.hasOutput { try link.flush() }
            let limit = sent.first.map { $0.deadline - platform.clock.uptime }
            if let limit, limit <= .zero { throw RedisLinkError("no reply in time") }
            let isReadable = bell.wait(
                orForSocket: link.socket, isWriting: link.hasOutput, atMost: limit)
            if isReadable {
                try link.receive()
                try handOut(link, &sent)
            }
        }
    }

    /// Gives the replies that have arrived to those who wait for them.
    private func handOut(_ link: RedisLink, _ sent: inout [Request]) throws(RedisLinkError) {
        var count = 0
        defer {
            sent.removeFirst(count)
            state.withLock { $0.count -= count }
        }
        while let reply = try link.nextReply() {
            guard count < sent.count else { throw RedisLinkError("a reply to no command") }
            sent[count].continuation.resume(returning: .success(reply))
            count += 1
            if reply.isFinal { throw RedisLinkError("\(reply)") }
        }
    }

    /// What waits and is not too late; nil when the connection is closed.
    ///
    /// While replies are due nobody rings: one of them, or its deadline, wakes the thread soon
    /// enough, and what comes meanwhile is sent together.
    private func take(whileIdle isIdle: Bool) -> [Request]? {
        let now = platform.clock.uptime
        let taken: [Request]? = state.withLock { state in
            guard !state.isClosed else { return nil }
            defer { state.waiting = [] }
            state.isParked = isIdle && state.waiting.isEmpty
            return state.waiting
        }
        guard let taken, taken.contains(where: { $0.deadline <= now }) else { return taken }
        fail(taken.filter { $0.deadline <= now })
        return taken.filter { $0.deadline > now }
    }

    private func fail(_ requests: [Request]) {
        guard !requests.isEmpty else { return }
        state.withLock { $0.count -= requests.count }
        for request in requests {
            request.continuation.resume(returning: .failure(CacheFailure()))
        }
    }

    /// Refuses everything for a while.
    private func stayAway(for rest: Duration) {
        fail(takeAll { $0.isAway = true })
        let end = platform.clock.uptime + rest
        while !isClosed, platform.clock.uptime < end {
            _ = bell.wait(
                orForSocket: nil, isWriting: false, atMost: end - platform.clock.uptime)
        }
    }

    private func end() {
        fail(takeAll { $0.isClosed = true })
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.onEnd = [] }
            return state.onEnd
        }
        for waiter in waiters { waiter.resume() }
    }

    private func takeAll(_ change: (inout State) -> Void) -> [Request] {
        state.withLock { state in
            change(&state)
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}
