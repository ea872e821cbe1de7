/// A promise that was broken: what was expected and what was found.
public struct ConformanceFailure: Error, Hashable, Sendable {
    /// What was looked at.
    public let subject: String
    /// What it should have been.
    public let expected: String
    /// What it was.
    public let found: String

    /// Describes a broken promise.
    public init(_ subject: String, expected: String, found: String) {
        self.subject = subject
        self.expected = expected
        self.found = found
    }
}

extension ConformanceFailure: CustomStringConvertible {
    public var description: String { "\(subject): expected \(expected), found \(found)" }
}
