/// How a run came to its end.
public enum Ending: Sendable, Hashable {
    /// The main function returned.
    case finished
    /// Nothing was ready, no event was set, and the main function had not returned.
    case deadlock
    /// The greatest number of steps or events was reached.
    case stepLimit
    /// The greatest virtual time was reached.
    case timeLimit
}
