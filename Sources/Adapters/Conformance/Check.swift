/// One promise of a port, to be put to an implementation of it.
public struct Check<Subject: Sendable>: Sendable {
    /// The promise as a sentence.
    public let name: String

    private let body: @Sendable (Subject) async throws -> Void

    /// Describes a promise and how it is put to the test.
    public init(_ name: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Puts the promise to a fresh subject, one that no other check has touched.
    ///
    /// - Throws: ``ConformanceFailure`` when the promise is broken, or the subject's own error.
    public func run(_ subject: Subject) async throws { try await body(subject) }
}

extension Check: CustomStringConvertible {
    public var description: String { name }
}
