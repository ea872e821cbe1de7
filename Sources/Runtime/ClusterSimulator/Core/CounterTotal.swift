/// How often something was seen in a run: a fault that was set off, a state that was reached.
public struct CounterTotal: Sendable, Hashable {
    /// What was counted.
    public let name: String
    /// How often.
    public let count: Int
}
