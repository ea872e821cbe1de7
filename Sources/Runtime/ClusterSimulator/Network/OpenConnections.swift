/// The connections on which nodes have calls to answer: they break when the node crashes.
final class OpenConnections: @unchecked Sendable {
    private var breaks: [ObjectIdentifier: [Int: () -> Void]] = [:]
    private var count = 0

    /// Opens a connection to a node; `onBreak` is called in the instant of its crash.
    func open(to node: SimulatedNode, onBreak: @escaping () -> Void) -> Int {
        let key = ObjectIdentifier(node)
        if breaks[key] == nil {
            breaks[key] = [:]
            node.atCrash { [self] in
                let broken = breaks.removeValue(forKey: key) ?? [:]
                for connection in broken.sorted(by: { $0.key < $1.key }) { connection.value() }
            }
        }
        count += 1
        breaks[key]?[count] = onBreak
        return count
    }

    /// Closes a connection whose call was answered.
    func close(_ number: Int, to node: SimulatedNode) {
        breaks[ObjectIdentifier(node)]?[number] = nil
    }
}
