import Cluster
import Platform

/// What is asked of the catalogue.
struct ConsulQuery {
    /// What is asked for: the same questions have the same answer while nothing changes.
    let subject: String
    /// What the answer's index is of, and whose change wakes a blocked query.
    let resource: ConsulCatalogue.Resource
    /// Makes the answer of the catalogue.
    let read: (ConsulCatalogue) -> HTTPResponseMessage
}

/// A query that waits for a change.
struct ConsulBlockedQuery {
    let query: ConsulQuery
    let consistency: ConsulCall.Consistency
    let index: UInt64
    let agent: ConsulAgent
    let connection: ConsulConnection
    var end: EventHandle
    /// Whether the agent lost the server that it asked, and does not know.
    var isHanging = false
}
