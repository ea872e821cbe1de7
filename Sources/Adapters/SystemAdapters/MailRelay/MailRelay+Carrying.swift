import Platform
import Ports

extension MailRelay {
    /// How long the relay rests when its folder fails.
    private static let storageRest = Duration.seconds(1)

    /// Sends what is due until the task is cancelled; returns when nothing is under way.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.sweepRepeatedly() }
            while !Task.isCancelled {
                switch queue.withLock({ $0.next(at: platform.clock.uptime) }) {
                case .carry(let id): group.addTask { await self.carry(id) }
                case .rest(let rest): await wakeUp.wait(atMost: rest, on: platform.clock)
                }
            }
        }
    }

    private func carry(_ id: String) async {
        let parcel: MailParcel
        do throws(MailError) {
            guard let found = try await self.parcel(id) else {
                // Somebody has taken the letter away.
                return finish { $0.settle(id, isRefused: false) }
            }
            parcel = found
        } catch {
            switch error {
            case .unavailable: return finish { $0.postpone(id, at: uptime, platform.random) }
            case .refused(let reason): return await putAside(id, MailAnswer(code: 0, text: reason))
            }
        }
        let carriage = await carrier.carry(parcel)
        noteReachable(carriage)
        switch carriage {
        case .taken:
            guard await settle({ try $0.markSent(id) }) else { return }
            finish { $0.settle(id, isRefused: false) }
        case .refused(let answer): await putAside(id, answer)
        case .postponed(let answer):
            report(.postponed(id: id, code: answer.code))
            finish { $0.postpone(id, at: uptime, platform.random) }
        case .unreachable(let reason):
            report(.unreachable(reason))
            finish { $0.rest(id, at: uptime, platform.random) }
        }
    }

    private var uptime: Duration { platform.clock.uptime }

    private func finish(_ change: (inout RelayQueue) -> Void) {
        queue.withLock { change(&$0) }
        wakeUp.signal()
    }

    private func noteReachable(_ carriage: MailCarriage) {
        if case .unreachable = carriage { return }
        let isBack = queue.withLock { queue in
            defer { queue.noteReachable() }
            return queue.isUnreachable
        }
        if isBack { report(.reachable) }
    }

    /// The letter as it travels; nil when it does not lie there any more.
    private func parcel(_ id: String) async throws(MailError) -> MailParcel? {
        let bytes: [UInt8]?
        do {
            bytes = try await platform.offload.run("mail.read") { [spool] in
                try spool.bytes(of: id)
            }
        } catch {
            report(.storage("\(error)"))
            throw .unavailable
        }
        guard let bytes else { return nil }
        guard bytes.count <= MailRelayConfiguration.messageByteCountMaximum else {
            throw .refused("the file is too long")
        }
        guard let recipient = MailMessage.recipient(of: bytes) else {
            throw .refused("the file is no letter of this program: it names no recipient")
        }
        return MailParcel(sender: configuration.sender, recipient: recipient, bytes: bytes)
    }

    private func putAside(_ id: String, _ answer: MailAnswer) async {
        guard await settle({ try $0.refuse(id, reason: answer.text) }) else { return }
        report(.refused(id: id, code: answer.code))
        finish { $0.settle(id, isRefused: true) }
    }

    /// Changes the folder, as often as it takes: the letter itself is not sent again for it.
    ///
    /// - Returns: false when the relay ends before; the folder still has the letter.
    private func settle(
        _ change: @escaping @Sendable (RelaySpool) throws -> Void
    ) async -> Bool {
        while true {
            do {
                try await platform.offload.run("mail.settle") { [spool] in try change(spool) }
                return true
            } catch {
                report(.storage("\(error)"))
            }
            do { try await platform.clock.sleep(for: Self.storageRest) } catch { return false }
        }
    }

    // Ages

    private func sweepRepeatedly() async {
        while !Task.isCancelled {
            await sweep()
            do { try await platform.clock.sleep(for: configuration.sweepInterval) } catch { return }
        }
    }

    private func sweep() async {
        let moment = platform.clock.now
        for id in queue.withLock({ $0.takeExpired(at: moment) }) {
            let reason = "it was not taken within \(configuration.ageMaximum)"
            if await settle({ try $0.refuse(id, reason: reason) }) {
                report(.expired(id: id))
                finish { $0.settle(id, isRefused: true) }
            }
        }
        let oldest = moment - configuration.memory
        do {
            let refused = try await platform.offload.run("mail.sweep") { [spool] in
                try spool.forgetSent(before: oldest)
                return try spool.refusedSize()
            }
            queue.withLock { $0.refused = refused }
        } catch {
            report(.storage("\(error)"))
        }
    }
}
