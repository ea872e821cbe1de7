/// The continuations of a node that the simulator's ports hold.
struct WaitTable {
    private var waits: [Int: (any Error) -> Void] = [:]
    private var nextKey = 0

    /// The key of a wait that is about to begin.
    mutating func makeKey() -> Int {
        defer { nextKey += 1 }
        return nextKey
    }

    /// Begins a wait, with what ends it in failure.
    mutating func insert(_ key: Int, _ fail: @escaping (any Error) -> Void) { waits[key] = fail }

    /// Ends a wait and says how it fails; nil when it has ended already.
    mutating func remove(_ key: Int) -> ((any Error) -> Void)? { waits.removeValue(forKey: key) }

    /// Ends all waits, in the order in which they began.
    mutating func removeAll() -> [(any Error) -> Void] {
        defer { waits = [:] }
        return waits.sorted { $0.key < $1.key }.map(\.value)
    }
}
