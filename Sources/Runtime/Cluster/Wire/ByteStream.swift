/// One side of a connection that carries bytes in order, both ways.
///
/// It takes bytes from its ``ByteStreamUser`` when it can send them, so nothing waits twice.
public protocol ByteStream: Sendable {
    /// Says that the user has bytes to send.
    func wake()

    /// Delivers what arrives, or leaves it on the way, so that the other side must wait.
    func setReading(_ isReading: Bool)

    /// Ends the connection, after what the user has to send unless it is to end at once.
    func close(atOnce: Bool)
}

/// Who uses a ``ByteStream``. Its calls come one after the other.
public protocol ByteStreamUser: AnyObject, Sendable {
    /// What is to be sent now; empty if nothing is.
    func takeOutput() -> [UInt8]

    /// Takes a piece of what arrives, cut anywhere.
    func receive(_ piece: UnsafeRawBufferPointer)

    /// Learns, once, that the connection is over.
    func streamEnded()
}

/// Makes byte streams between addresses.
public protocol ByteStreamNetwork: Sendable {
    /// Connects to `address`; `user` is made for the stream, and used from then on.
    ///
    /// It returns or throws within `timeout`.
    func connect(
        to address: Address, timeout: Duration,
        _ user: @escaping @Sendable (any ByteStream) -> any ByteStreamUser
    ) async throws(TransportError)

    /// Takes connections at `address`, each with a user of its own, until
    /// ``stopListening(at:)``.
    func listen(
        at address: Address,
        _ user: @escaping @Sendable (any ByteStream) -> any ByteStreamUser
    ) async throws(TransportError)

    /// Takes no more connections at `address`; those that are open go on.
    func stopListening(at address: Address) async
}
