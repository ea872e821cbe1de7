/// Why a call has no answer of its service. The raw value is the code on the wire.
public enum ClusterError: String, Error, Hashable, Sendable, CaseIterable {
    /// No instance of the service is known, or none could be reached.
    case unreachable
    /// No answer came within the time; the call may have taken effect.
    case timedOut
    /// The mailbox is full: the call was not begun.
    case overloaded
    /// The instance is about to stop: the call was not begun.
    case draining
    /// Another instance stands at this address now: the call was not begun.
    case wrongInstance
    /// Something that the service needs cannot be reached; nothing was changed.
    case unavailable
    /// The change may or may not have been made.
    case outcomeUnknown
    /// The disk is full; nothing was changed.
    case storageFull
    /// The same request id came before with another content.
    case requestIDReused
    /// The frame or the message cannot be read.
    case malformed
    /// The service or the message is not known here.
    case unknownMessage
    /// The caller went away first.
    case cancelled
    /// Too many calls fail for this one to be tried again.
    case retryBudgetSpent
    /// A defect; the log of the instance says more.
    case failed

    /// Whether the same request may be sent again under the same id, in the hope of better.
    var isWorthRetrying: Bool {
        switch self {
        case .unreachable, .timedOut, .overloaded, .draining, .wrongInstance, .unavailable,
            .outcomeUnknown:
            true
        case .storageFull, .requestIDReused, .malformed, .unknownMessage, .cancelled,
            .retryBudgetSpent, .failed:
            false
        }
    }
}

/// An error that a handler may throw and that says which ``ClusterError`` it amounts to.
public protocol ClusterErrorConvertible: Error {
    /// What the caller is told.
    var clusterError: ClusterError { get }
}

extension ClusterError: ClusterErrorConvertible {
    public var clusterError: ClusterError { self }
}

/// What a call that is not done ends with.
public enum CallFailure<Code: RefusalCode>: Error {
    /// The service declined: nothing was changed.
    case refused(Refusal<Code>)
    /// There is no answer: unless the error says otherwise, the effect is unknown.
    case unknown(ClusterError)
}

extension CallFailure: ClusterErrorConvertible {
    /// The error of an unknown outcome; a refusal nobody dealt with is a defect of the caller.
    public var clusterError: ClusterError {
        switch self {
        case .refused: .failed
        case .unknown(let error): error
        }
    }
}
