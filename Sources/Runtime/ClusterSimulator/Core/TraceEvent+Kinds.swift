extension TraceEvent.Kind {
    /// A request leaves.
    static let send = Self("send")
    /// A request arrives.
    static let message = Self("message")
    /// An answer leaves.
    static let reply = Self("reply")
    /// An answer arrives.
    static let answer = Self("answer")
    /// A caller is told that a call failed.
    static let failure = Self("failure")
    /// A caller waits no longer.
    static let expiry = Self("timeout")
    /// Something that travelled is gone.
    static let loss = Self("loss")
    /// An operation leaves for a server.
    static let operation = Self("operation")
    /// A server did something that changes nothing.
    static let read = Self("read")
    /// A server changed something.
    static let write = Self("write")
    /// A server changed something, and its answer is lost.
    static let unanswered = Self("unanswered")
    /// A server found a document not as expected.
    static let conflict = Self("conflict")
    /// A server did not do what it was asked to.
    static let refusal = Self("refusal")
    /// A result is back from a server.
    static let result = Self("result")
}
