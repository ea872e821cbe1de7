/// The streams of chance of one seed, each named by node, purpose and stable id.
///
/// A stream's draws depend on the seed and its key only: one more draw in one stream changes no
/// other, which is what replaying and shrinking a run depend on.
public final class RandomStreams {
    /// The name of a stream.
    public struct Key: Hashable, Sendable {
        /// The node that it belongs to; empty for the simulator's own.
        public let node: String
        /// What is drawn.
        public let purpose: String
        /// Which of several alike; empty for the only one.
        public let id: String

        /// Names a stream.
        public init(node: String, purpose: String, id: String) {
            self.node = node
            self.purpose = purpose
            self.id = id
        }
    }

    /// The seed of all the streams.
    public let seed: UInt64
    private var streams: [Key: RandomStream] = [:]

    /// The streams of `seed`, all at their beginning.
    public init(seed: UInt64) { self.seed = seed }

    /// The stream named `key`, where its last draw left it.
    public func stream(_ key: Key) -> RandomStream {
        if let stream = streams[key] { return stream }
        let stream = RandomStream(seed: Self.seed(seed, of: key))
        streams[key] = stream
        return stream
    }

    /// The seed of one stream among those of `seed`.
    static func seed(_ seed: UInt64, of key: Key) -> UInt64 {
        var hash = StableHash()
        hash.combine(seed)
        hash.combine(key.node)
        hash.combine(key.purpose)
        hash.combine(key.id)
        return hash.value
    }
}
