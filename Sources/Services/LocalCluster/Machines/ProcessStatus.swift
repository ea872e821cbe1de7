import Foundation

/// What the kernel says of a process now. Source: proc(5), `/proc/PID/stat`.
struct ProcessStatus {
    /// The letter of its state: `T` is stopped by a signal, `Z` has ended.
    let state: Character
    /// The number of its process group.
    let group: Int32
    /// Clock ticks from the machine's start to the process's.
    let startTime: UInt64
    /// Memory that it holds now; pages shared with others are counted in full.
    let residentByteCount: Int

    /// Nil when there is no such process.
    init?(pid: Int32) {
        guard let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else {
            return nil
        }
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    /// Reads a line of `stat`; nil when it is none.
    init?(_ line: String) {
        // The name in parentheses may hold anything, parentheses too: the last one ends it.
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(whereSeparator: \.isWhitespace)
        guard fields.count > 21, let state = fields[0].first, let group = Int32(fields[2]),
            let startTime = UInt64(fields[19]), let pageCount = Int(fields[21])
        else { return nil }
        self.state = state
        self.group = group
        self.startTime = startTime
        residentByteCount = pageCount * Self.pageByteCount
    }

    /// The numbers of all processes, in order.
    static func allPIDs() throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
            .sorted()
    }

    private static let pageByteCount = sysconf(Int32(_SC_PAGESIZE))
}
