import Platform

/// A session, in the catalogue: who holds locks.
struct ConsulSession: Hashable {
    /// The least and the greatest time to live.
    static let timeToLiveRange = Duration.seconds(10)...Duration.seconds(86_400)
    /// How long nobody else gets a lock after its session ended, unless the session says so.
    static let lockDelayDefault = Duration.seconds(15)

    let id: String
    let name: String
    let node: String
    var lockDelay = Self.lockDelayDefault
    /// Whether the keys that it holds end with it.
    var deletesKeys = false
    /// How its time to live was written; empty when it lives until something ends it.
    var timeToLiveText = ""
    var timeToLive: Duration?
    /// The checks without which it ends.
    var checks = [ConsulCheckReport.nodeHealthID]
    let createIndex: UInt64

    /// Whether a text has the form of a session's id: hexadecimal digits in five groups.
    static func isID(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.joined().allSatisfy(\.isHexDigit)
    }

    var json: ConsulJSON {
        [
            "ID": .string(id), "Name": .string(name), "Node": .string(node),
            "LockDelay": .number(lockDelay.nanoseconds),
            "Behavior": deletesKeys ? "delete" : "release", "TTL": .string(timeToLiveText),
            "NodeChecks": .array(checks.map(ConsulJSON.string)), "ServiceChecks": .null,
            "CreateIndex": .number(Int64(createIndex)),
            "ModifyIndex": .number(Int64(createIndex)),
        ]
    }
}
