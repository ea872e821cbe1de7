/// What an argon2id hash costs.
public struct Argon2Parameters: Hashable, Sendable {
    /// Memory, in KiB.
    public let memoryKibibyteCount: UInt32
    /// Passes over the memory.
    public let passCount: UInt32
    /// Lanes that are computed in parallel.
    public let laneCount: UInt32

    /// Describes a cost.
    public init(memoryKibibyteCount: UInt32, passCount: UInt32, laneCount: UInt32) {
        self.memoryKibibyteCount = memoryKibibyteCount
        self.passCount = passCount
        self.laneCount = laneCount
    }

    /// 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet).
    public static let recommended = Self(
        memoryKibibyteCount: 19 * 1024, passCount: 2, laneCount: 1)

    /// The most that a stored hash may ask for, so that a damaged one cannot stop a node.
    public static let maximum = Self(
        memoryKibibyteCount: 256 * 1024, passCount: 16, laneCount: 16)

    /// Whether no part of this cost is above that of `other`.
    public func isWithin(_ other: Self) -> Bool {
        memoryKibibyteCount <= other.memoryKibibyteCount && passCount <= other.passCount
            && laneCount <= other.laneCount
    }
}

extension Argon2Parameters {
    /// The cost that a hash `$argon2id$v=19$m=…,t=…,p=…$salt$sum` names; nil when it is none.
    init?(hash: String) {
        let fields = hash.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0].isEmpty, fields[1] == "argon2id", fields[2] == "v=19"
        else { return nil }
        let costs = fields[3].split(separator: ",", omittingEmptySubsequences: false)
        guard costs.count == 3, let memory = Self.number(costs[0], after: "m="),
            let passes = Self.number(costs[1], after: "t="),
            let lanes = Self.number(costs[2], after: "p=")
        else { return nil }
        self.init(memoryKibibyteCount: memory, passCount: passes, laneCount: lanes)
    }

    private static func number(_ field: Substring, after name: String) -> UInt32? {
        field.hasPrefix(name) ? UInt32(field.dropFirst(name.count)) : nil
    }
}
