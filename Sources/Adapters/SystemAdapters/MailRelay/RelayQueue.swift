import Platform

/// Which letters a relay keeps, whose turn it is, and how long it rests: decisions without waits.
///
/// What concerns one letter makes that letter wait; what concerns the server makes all wait, and
/// then one alone tries whether it is back.
struct RelayQueue {
    /// Letters and their bytes.
    struct Size: Hashable {
        var letterCount = 0
        var byteCount = 0

        mutating func add(_ bytes: Int) {
            letterCount += 1
            byteCount += bytes
        }
    }

    /// What is done with a letter that is handed in.
    enum Admission: Hashable {
        /// It is to be written.
        case write
        /// It is there durably.
        case known
        /// There is no room.
        case full
        /// The relay ends.
        case closed
    }

    /// What the relay does next.
    enum Step: Hashable {
        case carry(String)
        /// Nothing for so long, unless something happens.
        case rest(Duration)
    }

    private struct Turn: Hashable {
        let due: Duration
        /// Letters that are due at once come in the order in which they were kept.
        let number: Int
        let id: String

        static func < (left: Self, right: Self) -> Bool {
            (left.due, left.number) < (right.due, right.number)
        }
    }

    private enum Phase: Hashable {
        case writing(count: Int, isKept: Bool)
        case waiting
        case inHand
    }

    private struct Entry {
        let number: Int
        let byteCount: Int
        var spooledAt: Instant
        var phase: Phase
        var failureCount = 0
    }

    /// The longest rest: whatever ends one sooner says so.
    static let restMaximum = Duration.seconds(60)

    /// Letters put aside, which take room too.
    var refused = Size()
    private let configuration: MailRelayConfiguration
    private var entries: [String: Entry] = [:]
    /// Those that wait, next one first.
    private var turns: [Turn] = []
    private var kept = Size()
    private var inHandCount = 0
    private var nextNumber = 0
    private var isClosed = false
    /// Attempts in a row that found no server.
    private var unreachableCount = 0
    private var serverRestsUntil = Duration.zero

    init(_ configuration: MailRelayConfiguration) { self.configuration = configuration }

    /// Letters that wait or are under way.
    var letterCount: Int { kept.letterCount }

    /// Whether the last attempt found no server.
    var isUnreachable: Bool { unreachableCount > 0 }

    /// Takes no letter from now on.
    mutating func close() { isClosed = true }

    // Coming in

    /// Makes room for a letter, unless it is there.
    mutating func admit(_ id: String, byteCount: Int, at moment: Instant) -> Admission {
        guard !isClosed else { return .closed }
        switch entries[id]?.phase {
        case .writing(let count, let isKept):
            // Whoever hands it in too writes it too: it returns when that is durable.
            entries[id]?.phase = .writing(count: count + 1, isKept: isKept)
            return .write
        case .waiting, .inHand: return .known
        case nil:
            guard kept.letterCount + refused.letterCount < configuration.letterCountMaximum,
                kept.byteCount + refused.byteCount + byteCount <= configuration.byteCountMaximum
            else { return .full }
            insert(id, byteCount, at: moment, .writing(count: 1, isKept: false))
            return .write
        }
    }

    /// One of those who write a letter is done; `isKept` says whether it lies there now.
    mutating func written(_ id: String, isKept: Bool, at uptime: Duration) {
        guard case .writing(let count, let wasKept) = entries[id]?.phase else {
            preconditionFailure("who writes a letter was admitted")
        }
        let isKept = isKept || wasKept
        if count > 1 {
            entries[id]?.phase = .writing(count: count - 1, isKept: isKept)
        } else if isKept {
            wait(id, until: uptime)
        } else {
            remove(id)
        }
    }

    /// A letter was there when the relay began.
    mutating func restore(_ letter: RelaySpool.Spooled) {
        insert(letter.id, letter.byteCount, at: letter.spooledAt, .inHand)
        wait(letter.id, until: .zero)
    }

    // Going out

    /// The next letter, or how long there is none.
    mutating func next(at uptime: Duration) -> Step {
        let most = isUnreachable ? 1 : configuration.carriageCountMaximum
        guard inHandCount < most, let turn = turns.first else { return .rest(Self.restMaximum) }
        let start = isUnreachable ? max(turn.due, serverRestsUntil) : turn.due
        guard start <= uptime else { return .rest(min(start - uptime, Self.restMaximum)) }
        turns.removeFirst()
        take(turn.id)
        return .carry(turn.id)
    }

    /// Takes into hand the letters that are too old and were tried in vain.
    mutating func takeExpired(at moment: Instant) -> [String] {
        let isExpired = { [entries, configuration, isUnreachable] (turn: Turn) in
            guard let entry = entries[turn.id] else { return false }
            return moment - entry.spooledAt > configuration.ageMaximum
                && (entry.failureCount > 0 || isUnreachable)
        }
        let expired = turns.filter(isExpired).map(\.id)
        turns.removeAll(where: isExpired)
        for id in expired { take(id) }
        return expired
    }

    /// The server spoke about a letter: it is there.
    mutating func noteReachable() { unreachableCount = 0 }

    /// A letter in hand waits for its next attempt.
    mutating func postpone(_ id: String, at uptime: Duration, _ random: any RandomSource) {
        let count = (entries[id]?.failureCount ?? 0) + 1
        entries[id]?.failureCount = count
        inHandCount -= 1
        wait(id, until: uptime + Self.rest(configuration.letterRest, after: count, random))
    }

    /// A letter in hand found no server: all letters wait.
    mutating func rest(_ id: String, at uptime: Duration, _ random: any RandomSource) {
        // Those that were under way together fail together, which is one failure.
        if unreachableCount == 0 || serverRestsUntil <= uptime {
            unreachableCount += 1
            serverRestsUntil =
                uptime + Self.rest(configuration.serverRest, after: unreachableCount, random)
        }
        inHandCount -= 1
        wait(id, until: uptime)
    }

    /// A letter in hand is not kept any more; if it was refused, its file is.
    mutating func settle(_ id: String, isRefused: Bool) {
        if isRefused { refused.add(entries[id]?.byteCount ?? 0) }
        inHandCount -= 1
        remove(id)
    }

    // Entries

    private mutating func insert(
        _ id: String, _ byteCount: Int, at moment: Instant, _ phase: Phase
    ) {
        nextNumber += 1
        entries[id] = Entry(
            number: nextNumber, byteCount: byteCount, spooledAt: moment, phase: phase)
        kept.add(byteCount)
    }

    private mutating func remove(_ id: String) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        kept.letterCount -= 1
        kept.byteCount -= entry.byteCount
    }

    private mutating func take(_ id: String) {
        entries[id]?.phase = .inHand
        inHandCount += 1
    }

    private mutating func wait(_ id: String, until due: Duration) {
        guard let number = entries[id]?.number else { return }
        entries[id]?.phase = .waiting
        let turn = Turn(due: due, number: number, id: id)
        var (low, high) = (0, turns.count)
        while low < high {
            let middle = (low + high) / 2
            if turns[middle] < turn { low = middle + 1 } else { high = middle }
        }
        turns.insert(turn, at: low)
    }

    /// A pause that doubles with each failure, half of it by chance.
    private static func rest(
        _ range: ClosedRange<Duration>, after failureCount: Int, _ random: any RandomSource
    ) -> Duration {
        let doubled = range.lowerBound * (1 << min(failureCount - 1, 20))
        let half = min(doubled, range.upperBound) / 2
        return half + random.duration(below: half, for: "mail rest")
    }
}
