import Cluster

/// A planted deviation: what is to be written only when it is not there is written always.
struct OverwritingExchange: HTTPExchange {
    let exchange: any HTTPExchange

    func exchange(
        _ request: HTTPRequestMessage, timeout: Duration
    ) async throws(TransportError) -> HTTPResponseMessage {
        var request = request
        if request.target.hasSuffix("?cas=0") { request.target.removeLast("?cas=0".count) }
        return try await exchange.exchange(request, timeout: timeout)
    }
}
