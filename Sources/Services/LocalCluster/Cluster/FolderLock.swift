import Foundation
import Platform

/// Keeps two commands from changing one cluster at once; it is free again when the process ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    static let waitMaximum = Duration.seconds(10)

    /// Waits for the lock of a folder.
    init(_ folder: String, clock: any NodeClock) async throws {
        let descriptor = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ClusterFailure(
                "\(folder) cannot be written: \(String(cString: strerror(errno)))")
        }
        self.descriptor = descriptor
        let end = clock.uptime + Self.waitMaximum
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard clock.uptime < end else {
                throw ClusterFailure("another command is changing this cluster: try again later")
            }
            try await clock.sleep(for: Limit.pollInterval)
        }
    }

    deinit { close(descriptor) }
}
