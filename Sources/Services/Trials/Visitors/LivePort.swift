import StarchairAPI

/// A way to an installation on which it says at once what is new.
public protocol LivePort: Sendable {
    /// Opens a connection as the holder of a session, to hear what comes after a sequence number.
    func connect(session: String, after sequence: Int64) async throws(NoAnswer) -> any LiveStream
}

/// What comes over one connection.
public protocol LiveStream: Sendable {
    /// The next text; nil when the connection is over.
    func next() async -> String?

    /// Ends the connection.
    func close() async
}

/// An open page: it hears what is new, and comes back when its connection breaks.
public struct LivePage: Sendable {
    private let visitor: Visitor
    private let port: any LivePort
    private let log: LiveLog

    /// The longest rest before it comes back.
    static let restMaximum = Duration.seconds(3)

    /// A page of a visitor who has signed in; what it shows goes into a log.
    public init(of visitor: Visitor, port: any LivePort, log: LiveLog) {
        self.visitor = visitor
        self.port = port
        self.log = log
    }

    /// Stays open until the log is closed.
    public func run() async {
        while !log.isClosed {
            if let session = await visitor.sessionToken {
                do throws(NoAnswer) {
                    let stream = try await port.connect(session: session, after: log.last)
                    while !log.isClosed, let text = await stream.next() { log.add(text) }
                    await stream.close()
                } catch {
                    // It comes back below.
                    log.countBreak()
                }
            }
            let rest = visitor.platform.random.duration(below: Self.restMaximum, for: "page rest")
            do { try await visitor.platform.clock.sleep(for: rest) } catch { return }
        }
    }
}
