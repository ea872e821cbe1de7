import Platform
import Ports
import Synchronization

/// Keeps letters durably in a folder and hands them to another mail system, again and again until
/// it takes them or refuses them for good.
///
/// What is refused, or not taken in time, stays in the folder `refused` with the reason. A letter
/// handed over twice under one id is sent once, as its id is remembered; after a crash between the
/// server's answer and that note it is sent again under the same Message-ID.
public final class MailRelay: Mailer {
    private enum Life {
        case begun
        case running(StartedTask)
        case ended
    }

    let configuration: MailRelayConfiguration
    let spool: RelaySpool
    let carrier: any MailCarrier
    let platform: Platform
    let report: @Sendable (MailRelayEvent) -> Void
    let queue: Mutex<RelayQueue>
    /// Something is to be done sooner than the relay believes.
    let wakeUp = WakeUp()
    private let lock: FolderLock
    private let life = Mutex(Life.begun)

    /// Opens or creates the folder and finds the letters that wait there; none is sent yet.
    ///
    /// It blocks the calling thread, so it belongs at the start of a program.
    ///
    /// - Throws: ``FolderError`` when the folder cannot be used, or another process uses it.
    public init(
        _ configuration: MailRelayConfiguration, carrier: any MailCarrier, platform: Platform,
        report: @escaping @Sendable (MailRelayEvent) -> Void
    ) throws(FolderError) {
        self.configuration = configuration
        self.carrier = carrier
        self.platform = platform
        self.report = report
        spool = RelaySpool(path: configuration.folder)
        try spool.prepare()
        lock = try FolderLock(spool.waiting, name: RelaySpool.lockName)
        var queue = RelayQueue(configuration)
        do throws(SystemCallError) {
            for letter in try spool.recover() { queue.restore(letter) }
            queue.refused = try spool.refusedSize()
        } catch {
            throw .unusable(path: configuration.folder, reason: error.description)
        }
        self.queue = Mutex(queue)
    }

    /// Letters that wait or are under way.
    public var letterCount: Int { queue.withLock { $0.letterCount } }

    /// Begins to send, until the end of the platform's tasks or ``shutDown()``.
    public func start() {
        life.withLock { life in
            guard case .begun = life else { return }
            life = .running(platform.tasks.start("mail relay") { await self.run() })
        }
    }

    /// Takes no more letters, lets those under way a while to end, and frees the folder.
    public func shutDown() async {
        queue.withLock { $0.close() }
        let running: StartedTask? = life.withLock { life in
            defer { life = .ended }
            guard case .running(let task) = life else { return nil }
            return task
        }
        guard let running else { return lock.release() }
        running.cancel()
        let (clock, carrier, grace) = (platform.clock, carrier, configuration.grace)
        let reminder = platform.tasks.start("end of mail relay") {
            // Cancelled means that nothing is under way any more.
            do { try await clock.sleep(for: grace) } catch { return }
            carrier.giveUp()
        }
        await running.wait()
        reminder.cancel()
        lock.release()
    }

    public func deliver(_ letter: Letter) async throws(MailError) {
        guard ID<Letter>(letter.id) != nil else { throw .refused("a letter's id is an ID") }
        let moment = platform.clock.now
        let message = try MailMessage(
            letter, from: configuration.sender, at: moment, as: .quotedPrintable)
        guard message.bytes.count <= MailRelayConfiguration.messageByteCountMaximum else {
            throw .refused(
                "a message has at most \(MailRelayConfiguration.messageByteCountMaximum) bytes")
        }
        switch queue.withLock({ $0.admit(letter.id, byteCount: message.bytes.count, at: moment) }) {
        case .known: return
        case .closed: throw .unavailable
        case .full:
            report(.full(letterCount: letterCount))
            throw .unavailable
        case .write: try await write(letter.id, message.bytes)
        }
    }

    private func write(_ id: String, _ bytes: [UInt8]) async throws(MailError) {
        let draft = ".\(ID<Letter>(platform.random, for: "mail.draft"))"
        do {
            let isKept = try await platform.offload.run("mail.deliver") { [spool] in
                try spool.write(id, bytes, draft: draft)
            }
            queue.withLock { $0.written(id, isKept: isKept, at: platform.clock.uptime) }
        } catch {
            queue.withLock { $0.written(id, isKept: false, at: platform.clock.uptime) }
            report(.storage("\(error)"))
            throw .unavailable
        }
        wakeUp.signal()
    }
}
