/// What became of the events of a queue: nothing is lost as long as they are conserved.
public struct BusCounts: Hashable, Sendable {
    /// Events that the queue accepted.
    public var published = 0
    /// Events that a consumer took.
    public var taken = 0
    /// Events that went back to a publisher who keeps them.
    public var withdrawn = 0
    /// Events that were destroyed with their queue.
    public var lost = 0
    /// Events that wait or rest.
    public var queued = 0
    /// Events in the hands of consumers.
    public var inFlight = 0
    /// Dead letters that are kept.
    public var deadLettered = 0

    /// No event yet.
    public init() {}

    /// Whether each accepted event is in exactly one place.
    public var isConserved: Bool {
        published == taken + withdrawn + lost + queued + inFlight + deadLettered
    }

    /// The counts of two queues together.
    public static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.published += right.published
        sum.taken += right.taken
        sum.withdrawn += right.withdrawn
        sum.lost += right.lost
        sum.queued += right.queued
        sum.inFlight += right.inFlight
        sum.deadLettered += right.deadLettered
        return sum
    }
}
