/// What a part answered to one operation, in a form that can be compared with another part's.
struct Answer: Hashable, Sendable {
    /// The kind of operation: a row of the table.
    let operation: String
    /// The kind of answer: an entry of the row.
    let outcome: String
    /// Whatever else of the answer must be the same.
    let detail: String

    init(_ operation: String, _ outcome: String, _ detail: String = "") {
        self.operation = operation
        self.outcome = outcome
        self.detail = detail
    }

    /// What an operation that may fail came to: done, or the error's case with its text.
    init(_ operation: String, error: any Error) {
        let text = "\(error)"
        self.init(operation, String(text.prefix { $0 != "(" }), text)
    }
}

extension Answer: CustomStringConvertible {
    /// The longest detail that is printed, in characters.
    private static let lengthMaximum = 2000

    var description: String {
        let shown = detail.prefix(Self.lengthMaximum)
        return outcome + (shown.isEmpty ? "" : ": \(shown)\(shown == detail[...] ? "" : "…")")
    }
}
