/// The bounds every encoder, decoder and document obeys.
public struct BSONLimits: Hashable, Sendable {
    /// The largest whole document, in bytes.
    public let documentByteCountMaximum: Int
    /// The most documents and arrays inside one another; the top document is the first.
    public let depthMaximum: Int

    /// Makes limits of 5 bytes to `Int32.max` and of 1 to 1000 levels, by default 16 MiB and 100.
    public init(documentByteCountMaximum: Int = 16 << 20, depthMaximum: Int = 100) {
        precondition((5...Int(Int32.max)).contains(documentByteCountMaximum))
        precondition((1...1000).contains(depthMaximum))
        self.documentByteCountMaximum = documentByteCountMaximum
        self.depthMaximum = depthMaximum
    }
}
