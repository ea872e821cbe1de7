/// Asks an HTTP server and gets its whole answer: the edge that a real client or a simulation
/// stands behind.
public protocol HTTPExchange: Sendable {
    /// Sends `request` to the server that it names and returns the server's answer, whatever its
    /// status.
    ///
    /// It returns or throws within `timeout`, and lets go of the connection when the caller is
    /// cancelled. An answer over the request's ``HTTPRequestMessage/answerByteCountMaximum`` is
    /// not read to its end: ``TransportError/broken``.
    func exchange(
        _ request: HTTPRequestMessage, timeout: Duration
    ) async throws(TransportError) -> HTTPResponseMessage
}
