import Ports
import Synchronization

/// A mail system that only remembers what it was given.
public final class MemoryMailer: Mailer {
    private let guarded = Mutex<[Letter]>([])

    /// A mailer that has no letters yet.
    public init() {}

    /// The letters in the order in which they were handed over, one handed over twice included.
    public var letters: [Letter] { guarded.withLock { $0 } }

    public func deliver(_ letter: Letter) async throws(MailError) {
        try Self.check(letter)
        guarded.withLock { $0.append(letter) }
    }

    /// Refuses what no mail system can take.
    public static func check(_ letter: Letter) throws(MailError) {
        for line in [letter.recipient, letter.subject]
        where line.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw .refused("an address or a subject is one line without control characters")
        }
        guard letter.recipient.contains("@") else { throw .refused("an address has an @") }
    }
}
