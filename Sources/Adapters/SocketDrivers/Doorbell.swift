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
        let isReadable = Self.wait(
            [(inner, POLLIN), (socket ?? -1, Self.events(isWriting))], atMost: limit)
        if isReadable[0] {
            withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { rings in
                _ = read(inner, rings.baseAddress, rings.count)
            }
        }
        return isReadable[1]
    }

    /// As the other, without a bell.
    package static func wait(forSocket socket: Int32, isWriting: Bool, atMost limit: Duration)
        -> Bool
    {
        wait([(socket, events(isWriting))], atMost: limit)[0]
    }

    private static func events(_ isWriting: Bool) -> Int32 {
        isWriting ? POLLIN | POLLOUT : POLLIN
    }

    /// Which of the descriptors can be read from or are broken; one below zero never is.
    private static func wait(
        _ descriptors: [(descriptor: Int32, events: Int32)], atMost limit: Duration?
    ) -> [Bool] {
        var polled = descriptors.map {
            pollfd(fd: $0.descriptor, events: Int16($0.events), revents: 0)
        }
        // A part of a millisecond is a whole one: it would be polled again at once.
        let timeout = limit.map { Int32(clamping: max(0, ($0 + .microseconds(999)).milliseconds)) }
        // A signal ends the wait early, which waiters expect.
        guard poll(&polled, UInt(polled.count), timeout ?? -1) > 0 else {
            return polled.map { _ in false }
        }
        return polled.map { Int32($0.revents) & ~POLLOUT != 0 }
    }
}
