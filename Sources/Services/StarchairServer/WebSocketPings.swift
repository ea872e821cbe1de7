/// When a page is asked whether it is still there, and when it is given up.
struct WebSocketPings {
    enum Action: Equatable {
        case write
        /// The last ping is not even written.
        case wait
        case giveUp
    }

    private var unansweredCount = 0
    private var isWriting = false

    /// Whatever the page says is an answer.
    mutating func heard() { unansweredCount = 0 }

    /// The last ping was written.
    mutating func written() { isWriting = false }

    /// What to do now that an interval has passed.
    ///
    /// - Parameter isListening: false while the page is not read from: then its silence says
    ///   nothing, but a ping that cannot be written does.
    mutating func isDue(isListening: Bool, unansweredCountMaximum: Int) -> Action {
        if !isListening, !isWriting { unansweredCount = 0 }
        guard unansweredCount < unansweredCountMaximum else { return .giveUp }
        unansweredCount += 1
        if isWriting { return .wait }
        isWriting = true
        return .write
    }
}

/// Which pings are answered: never two answers are on their way.
struct WebSocketPongs {
    private var isWriting = false
    private var waiting: [UInt8]?

    /// Whether the answer can be written now; otherwise it waits in place of any other.
    mutating func begins(with payload: [UInt8]) -> Bool {
        if isWriting { waiting = payload }
        defer { isWriting = true }
        return !isWriting
    }

    /// The next answer to write, after the last was written.
    mutating func next() -> [UInt8]? {
        defer { waiting = nil }
        isWriting = waiting != nil
        return waiting
    }
}
