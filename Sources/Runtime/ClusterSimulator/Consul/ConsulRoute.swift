import Cluster

/// How a request is dealt with.
enum ConsulRoute {
    /// The agent answers by itself.
    case local((ConsulAgent) throws(ConsulFailure) -> HTTPResponseMessage)
    /// The catalogue is read.
    case query(ConsulQuery)
    /// The leader changes what the servers agree on.
    case command((SimulatedConsul, ConsulAgent) throws(ConsulFailure) -> HTTPResponseMessage)
}
