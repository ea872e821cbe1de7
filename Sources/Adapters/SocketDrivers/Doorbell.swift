import Glibc
import Platform

/// Wakes a thread that waits for a socket; a ring that comes while it does not wait is kept.
package final class Doorbell: Sendable {
    private let inner: Int32
    private let outer: Int32

    package init() {
        var ends: [Int32] = [-1, -1]
        let isOpen =
            pipe(&ends) == 0
            && ends.allSatisfy { end in
                fcntl(end, F_SETFL, O_NONBLOCK) == 0 && fcntl(end, F_SETFD, FD_CLOEXEC) == 0
            }
        precondition(isOpen, "a process can open the files that it is configured for")
        (inner, outer) = (ends[0], ends[1])
    }

    deinit {
        close(inner)
        close(outer)
    }

    package func ring() {
        // A pipe that is full rings already.
        withUnsafeBytes(of: UInt8(1)) { _ = write(outer, $0.baseAddress, 1) }
    }

    /// Returns at a ring, when the socket can be read from or (if `isWriting`) written to, or
    /// after `limit`; true when the socket can be read from or is broken.
    package func wait(orForSocket socket: Int32?, isWriting: Bool, atMost limit: Duration?) -> Bool
    {
        var polled = (
            pollfd(fd: inner, events: Int16(POLLIN), revents: 0),
            Self.polled(socket ?? -1, isWriting)
        )
        withUnsafeMutableBytes(of: &polled) {
            Self.wait($0.bindMemory(to: pollfd.self), atMost: limit)
        }
        if Self.isReadable(polled.0) {
            withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { rings in
                _ = read(inner, rings.baseAddress, rings.count)
            }
        }
        return Self.isReadable(polled.1)
    }

    /// As the other, without a bell.
    package static func wait(forSocket socket: Int32, isWriting: Bool, atMost limit: Duration)
        -> Bool
    {
        var polled = polled(socket, isWriting)
        withUnsafeMutablePointer(to: &polled) {
            wait(UnsafeMutableBufferPointer(start: $0, count: 1), atMost: limit)
        }
        return isReadable(polled)
    }

    /// A descriptor that is waited for; one below zero is never readable.
    private static func polled(_ descriptor: Int32, _ isWriting: Bool) -> pollfd {
        let events = isWriting ? POLLIN | POLLOUT : POLLIN
        return pollfd(fd: descriptor, events: Int16(events), revents: 0)
    }

    /// Whether it can be read from or is broken.
    private static func isReadable(_ polled: pollfd) -> Bool {
        Int32(polled.revents) & ~POLLOUT != 0
    }

    private static func wait(
        _ polled: UnsafeMutableBufferPointer<pollfd>, atMost limit: Duration?
    ) {
        // A part of a millisecond is a whole one: it would be polled again at once.
        let timeout = limit.map { Int32(clamping: max(0, ($0 + .microseconds(999)).milliseconds)) }
        // A signal ends the wait early, which waiters expect; nothing is readable then.
        _ = poll(polled.baseAddress, UInt(polled.count), timeout ?? -1)
    }
}
