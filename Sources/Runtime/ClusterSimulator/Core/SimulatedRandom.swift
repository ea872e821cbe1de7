import Platform

/// A node's source of chance in a simulation: streams named by seed, node, life and purpose.
public struct SimulatedRandom: RandomSource {
    let node: SimulatedNode

    /// The next 64 bits of the stream named `purpose`.
    public func next(_ purpose: RandomPurpose) -> UInt64 {
        node.checkUser(of: "random source")
        return node.random(purpose).next()
    }
}
