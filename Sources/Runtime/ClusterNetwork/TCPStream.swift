import Cluster
import NIOCore
import Synchronization

/// A byte stream on a channel. Its user is called on the channel's event loop alone.
final class TCPStream: ByteStream {
    private let channel: any Channel
    private let isAwake = Atomic(false)
    private let user = Mutex<(any ByteStreamUser)?>(nil)

    init(_ channel: any Channel) { self.channel = channel }

    /// Gives the stream its user; what arrives goes there from now on.
    func attach(_ user: any ByteStreamUser) { self.user.withLock { $0 = user } }

    func wake() {
        // However many calls are begun meanwhile, the loop is woken once.
        guard !isAwake.exchange(true, ordering: .acquiringAndReleasing) else { return }
        channel.eventLoop.execute { self.flush() }
    }

    func setReading(_ isReading: Bool) {
        channel.setOption(.autoRead, value: isReading).whenFailure { _ in }
    }

    func close(atOnce: Bool) {
        channel.eventLoop.execute { [self] in
            if !atOnce, channel.isActive { flush() }
            // Closing comes after what was written.
            channel.close(mode: .all, promise: nil)
            detach()?.streamEnded()
        }
    }

    /// Sends what the user has, as far as the socket takes it.
    func flush() {
        isAwake.store(false, ordering: .releasing)
        guard channel.isWritable, let user = user.withLock(\.self) else { return }
        let output = user.takeOutput()
        guard !output.isEmpty else { return }
        var buffer = channel.allocator.buffer(capacity: output.count)
        buffer.writeBytes(output)
        channel.writeAndFlush(buffer, promise: nil)
    }

    func receive(_ piece: ByteBuffer) {
        guard let user = user.withLock(\.self) else { return }
        piece.withUnsafeReadableBytes { user.receive($0) }
    }

    func end() { detach()?.streamEnded() }

    private func detach() -> (any ByteStreamUser)? {
        user.withLock { user in
            defer { user = nil }
            return user
        }
    }
}
