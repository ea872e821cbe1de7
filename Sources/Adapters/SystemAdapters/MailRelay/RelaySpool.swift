import Glibc
import Platform
import Ports

/// The folder of a relay: letters that wait, ids that were sent, letters that were refused.
///
/// A letter is in exactly one of three states, by what lies there: `<id>.eml` waits;
/// `sent/<id>` was taken by the server, whatever else lies there; `refused/<id>.eml` stays for
/// the operator, who may move it back. All calls block.
struct RelaySpool: Sendable {
    /// A letter that waits.
    struct Spooled: Hashable {
        let id: String
        let byteCount: Int
        let spooledAt: Instant
    }

    static let lockName = ".lock"

    let waiting: Folder
    private let sent: Folder
    private let refused: Folder

    init(path: String) {
        waiting = Folder(path: path)
        sent = waiting.subfolder("sent")
        refused = waiting.subfolder("refused")
    }

    /// Makes the folders.
    func prepare() throws(FolderError) {
        for folder in [waiting, sent, refused] { try folder.prepare() }
    }

    /// Ends what a crash has left half-done, and names the letters that wait, oldest first.
    func recover() throws(SystemCallError) -> [Spooled] {
        var letters: [Spooled] = []
        for name in try waiting.names() {
            if name.hasPrefix("."), name != Self.lockName { try waiting.remove(name) }
            guard let id = Self.id(of: name) else { continue }
            if try sent.has(id) {
                try waiting.remove(name)
            } else if let status = try waiting.status(of: name) {
                letters.append(
                    Spooled(id: id, byteCount: status.byteCount, spooledAt: status.modified))
            }
        }
        return letters.sorted { ($0.spooledAt, $0.id) < ($1.spooledAt, $1.id) }
    }

    /// Keeps a letter durably; false when it was sent or refused before.
    func write(_ id: String, _ bytes: [UInt8], draft: String) throws(SystemCallError) -> Bool {
        let (isSent, isRefused) = (try sent.has(id), try refused.has(Self.name(of: id)))
        if isSent || isRefused { return false }
        try waiting.replace(Self.name(of: id), with: bytes, draft: draft)
        return true
    }

    /// The bytes of a letter that waits; nil when somebody has taken it away.
    func bytes(of id: String) throws(SystemCallError) -> [UInt8]? {
        let file = try OpenFile(reading: waiting.path(of: Self.name(of: id)))
        // One byte more shows a file that is too long.
        return try file?.read(
            from: 0, byteCount: MailRelayConfiguration.messageByteCountMaximum + 1)
    }

    /// Notes durably that a letter was sent, then removes it.
    func markSent(_ id: String) throws(SystemCallError) {
        if try !sent.has(id) { _ = try OpenFile(creating: sent.path(of: id)) }
        try sent.sync()
        try waiting.remove(Self.name(of: id))
    }

    /// Puts a letter aside, with the reason beside it.
    func refuse(_ id: String, reason: String) throws(SystemCallError) {
        try refused.replace("\(id).txt", with: Array((reason + "\n").utf8), draft: ".\(id)")
        let name = Self.name(of: id)
        guard try waiting.has(name) else { return }
        try waiting.move(name, to: refused, as: name)
        try refused.sync()
        try waiting.sync()
    }

    /// Forgets ids that were sent before `moment`, and the oldest beyond the bound.
    func forgetSent(before moment: Instant) throws(SystemCallError) {
        var kept: [(at: Instant, id: String)] = []
        for id in try sent.names() {
            guard let status = try sent.status(of: id) else { continue }
            if status.modified < moment {
                try sent.remove(id)
            } else {
                kept.append((status.modified, id))
            }
        }
        let excess = kept.count - MailRelayConfiguration.sentCountMaximum
        guard excess > 0 else { return }
        for (_, id) in kept.sorted(by: { ($0.at, $0.id) < ($1.at, $1.id) }).prefix(excess) {
            try sent.remove(id)
        }
    }

    /// How much the letters that were refused take.
    func refusedSize() throws(SystemCallError) -> RelayQueue.Size {
        var size = RelayQueue.Size()
        for name in try refused.names() where Self.id(of: name) != nil {
            size.add(try refused.status(of: name)?.byteCount ?? 0)
        }
        return size
    }

    private static func name(of id: String) -> String { "\(id).eml" }

    private static func id(of name: String) -> String? {
        guard name.hasSuffix(".eml") else { return nil }
        return ID<Letter>(String(name.dropLast(".eml".count)))?.text
    }
}

extension Folder {
    /// Whether there is something of this name.
    fileprivate func has(_ name: String) throws(SystemCallError) -> Bool {
        try status(of: name) != nil
    }

    /// How large a file is and when it was last changed; nil when there is none.
    fileprivate func status(
        of name: String
    ) throws(SystemCallError) -> (byteCount: Int, modified: Instant)? {
        var status = stat()
        guard stat(path(of: name), &status) == 0 else {
            guard errno == ENOENT else { throw SystemCallError("stat") }
            return nil
        }
        let time = status.st_mtim
        let moment = Instant(
            millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        return (Int(status.st_size), moment)
    }
}
