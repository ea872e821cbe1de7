import Platform

/// A node's place for blocking work in a simulation: the work costs virtual time, then runs in
/// the caller's own job.
public struct SimulatedOffload: Offload {
    /// The greatest number of pieces of work that wait on one node.
    public static let waitingCountMaximum = 256
    /// The virtual time that a piece of work takes, drawn anew for each.
    public static let cost = Duration.microseconds(50)...Duration.milliseconds(20)

    let node: SimulatedNode

    /// Runs `work` after a drawn virtual time and returns what it returns.
    ///
    /// A crash before the time is over means that the work is never done.
    public func run<Value: Sendable>(
        _ name: StaticString, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let isFull = node.offloadCount >= Self.waitingCountMaximum
        node.offloadCount += 1
        defer { node.offloadCount -= 1 }
        try await node.park { (wake: @escaping SimulatedNode.Wake<Void>) in
            if isFull { return wake(.failure(OffloadError.full)) }
            let purpose = RandomPurpose("offload \(name)")
            let cost = node.random(purpose).duration(in: Self.cost)
            node.simulation.after(cost) { wake(.success(())) }
        }
        return try work()
    }
}
