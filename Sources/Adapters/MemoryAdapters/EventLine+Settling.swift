import Ports

extension EventLine {
    /// Puts a held event back that its consumer had not begun, before the others.
    public mutating func takeBack(_ number: Int) {
        entries[number]?.deliveryCount -= 1
        makeWait(number, atFront: true)
    }

    /// Puts a held event back that its consumer did not settle, before the others; one that was
    /// handed out as often as it may be dies.
    public mutating func requeue(_ number: Int) {
        if deliveryCount(of: number) >= bounds.deliveryCountMaximum {
            bury(number, "delivered \(bounds.deliveryCountMaximum) times")
        } else {
            makeWait(number, atFront: true)
        }
    }

    /// Forgets an event that was taken.
    public mutating func settle(_ number: Int) {
        guard let entry = remove(number) else { return }
        byteCount -= entry.event.payload.count
        totals.taken += 1
    }

    /// Makes a dead letter of an event.
    public mutating func bury(_ number: Int, _ reason: String) {
        guard let entry = remove(number) else { return }
        deadLetters.append(
            DeadLetter(event: entry.event, reason: reason, deliveryCount: entry.deliveryCount))
    }

    /// Gives an event back to its publisher; one that was a dead letter is one again.
    public mutating func giveUp(_ number: Int) {
        if let reason = entries[number]?.deathReason { return bury(number, reason) }
        guard let entry = remove(number) else { return }
        byteCount -= entry.event.payload.count
        totals.withdrawn += 1
    }

    /// Makes resting events of all dead letters, as if they had never been handed out.
    public mutating func reviveDeadLetters() -> [Int] {
        let revived = deadLetters
        deadLetters = []
        return revived.map { add(Entry(event: $0.event, deathReason: $0.reason)) }
    }

    /// Destroys everything that is kept.
    public mutating func destroy() {
        totals.lost += entries.count + deadLetters.count
        (entries, deadLetters, waiting) = ([:], [], WaitingLine())
        (byteCount, heldCount) = (0, 0)
    }
}
