/// The server's error codes that have a meaning here (src/mongo/base/error_codes.yml).
enum ServerCode {
    static let namespaceExists: UInt32 = 48
    static let writeConflict: UInt32 = 112
    static let duplicateKey: UInt32 = 11000
    static let outOfDiskSpace: UInt32 = 14031

    /// A collection was made after the moment that a snapshot shows.
    static let snapshotUnavailable: UInt32 = 246

    /// Those that pass: the server stops, steps down, is new as a primary, or is slow; or another
    /// replica has just made what is read.
    static let passing: Set<UInt32> = [
        50, 64, 91, 189, snapshotUnavailable, 262, 10107, 10058, 11600, 11602, 13435, 13436,
    ]
}
