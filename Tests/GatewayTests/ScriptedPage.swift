import Ports
import StarchairAPI
import StarchairGateway
import Synchronization
import Testing

/// An open page that remembers what it is sent and does what a test wants.
final class ScriptedPage: LiveConnection {
    private struct State {
        var texts: [String] = []
        var closed: LiveCloseReason?
        var closings = 0
        var refusesTexts: LiveError?
        var receiving: LiveError?
    }

    private let state = Mutex(State())
    private let incoming: AsyncStream<String>
    private let typing: AsyncStream<String>.Continuation
    private let permits: AsyncStream<Void>
    private let reading: AsyncStream<Void>.Continuation

    /// A page, which takes texts unless they fail with `failure`; a slow one when it is told to.
    init(failingWith failure: LiveError? = nil, isSlow: Bool = false) {
        (incoming, typing) = AsyncStream.makeStream()
        (permits, reading) = AsyncStream.makeStream()
        if !isSlow { reading.finish() }
        state.withLock { $0.refusesTexts = failure }
    }

    /// Lets a slow page take one more text.
    func readOne() { reading.yield() }

    /// Lets a slow page take all that comes.
    func readAll() { reading.finish() }

    /// The texts that came, in order.
    var texts: [String] { state.withLock { $0.texts } }

    /// Why the connection was closed; nil while it is open.
    var closed: LiveCloseReason? { state.withLock { $0.closed } }

    /// How often the connection was closed.
    var closingCount: Int { state.withLock { $0.closings } }

    /// Sends a text to the server.
    func type(_ text: String) { typing.yield(text) }

    /// Closes the connection, or breaks it.
    func leave(_ error: LiveError? = nil) {
        state.withLock { $0.receiving = error }
        typing.finish()
    }

    func send(_ text: String) async throws(LiveError) {
        for await _ in permits { break }
        let failure = state.withLock { state in
            if state.refusesTexts == nil { state.texts.append(text) }
            return state.refusesTexts
        }
        if let failure { throw failure }
    }

    func receive() async throws(LiveError) -> String? {
        for await text in incoming { return text }
        if let error = state.withLock({ $0.receiving }) { throw error }
        return nil
    }

    func close(_ reason: LiveCloseReason) async {
        state.withLock { state in
            state.closed = reason
            state.closings += 1
        }
    }
}
