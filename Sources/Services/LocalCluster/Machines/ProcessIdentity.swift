import Foundation

/// A process that was seen once: its number and when it began, as the number alone may belong to
/// another process later.
public struct ProcessIdentity: Codable, Hashable, Sendable {
    public let pid: Int32
    /// Clock ticks from the machine's start to the process's.
    public let startTime: UInt64

    /// Names a process that was seen earlier.
    public init(pid: Int32, startTime: UInt64) {
        self.pid = pid
        self.startTime = startTime
    }

    /// The process that has this number now; nil when none has.
    public init?(pid: Int32) {
        guard let status = ProcessStatus(pid: pid), status.state != "Z" else { return nil }
        self.init(pid: pid, startTime: status.startTime)
    }

    /// What the kernel says of it; nil when it has ended, whoever has its number now.
    var status: ProcessStatus? {
        guard let status = ProcessStatus(pid: pid), status.startTime == startTime,
            status.state != "Z"
        else { return nil }
        return status
    }

    /// Whether it has not ended.
    public var isAlive: Bool { status != nil }

    /// Sends it a signal, and none to another process that has its number now.
    ///
    /// - Returns: whether the process was there.
    @discardableResult
    public func signal(_ number: Int32) -> Bool {
        isAlive && kill(pid, number) == 0
    }

    /// Those of the process group that it leads, or led: its number is nobody else's while any of
    /// them is there.
    func group() throws -> [ProcessIdentity] {
        if let leader = ProcessStatus(pid: pid), leader.startTime != startTime { return [] }
        return try ProcessStatus.allPIDs().compactMap { number in
            guard let status = ProcessStatus(pid: number), status.group == pid, status.state != "Z"
            else { return nil }
            return ProcessIdentity(pid: number, startTime: status.startTime)
        }
    }
}
