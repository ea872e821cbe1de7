import Ports

/// What is asked of a bus.
enum BusOperation: Sendable {
    /// What consumers make of an event, each time that it comes.
    enum Fate: String, Sendable, CaseIterable {
        case taken, againOnce, againTwice, never, againAlways
    }

    /// An event that keeps a bound, is at it, or breaks it.
    enum Size: Sendable {
        case usual(Int), longID, longerID, longerSender, longerPayload
    }

    case publish(Fate, Size, to: QueueName, by: Int)
    /// Consumes until nothing comes any more.
    case drain(QueueName, prefetchMaximum: Int, by: Int)
    case deadLetters(QueueName)
    case replay(QueueName)
    case listen(TopicName, slot: Int, by: Int)
    case signal(TopicName, byteCount: Int, by: Int)
    /// What a listener heard since it was last asked.
    case hear(slot: Int)
}

extension BusOperation: CustomStringConvertible {
    var description: String {
        switch self {
        case .publish(let fate, let size, let queue, let client):
            "client \(client) publishes an event to be \(fate), \(size), "
                + "to '\(Self.short(queue.text))'"
        case .drain(let queue, let prefetch, let client):
            "client \(client) drains '\(Self.short(queue.text))', \(prefetch) at once"
        case .deadLetters(let queue): "dead letters of \(queue)"
        case .replay(let queue): "replay \(queue)"
        case .listen(let topic, let slot, let client):
            "client \(client) listens to '\(Self.short(topic.text))' as listener \(slot)"
        case .signal(let topic, let count, let client):
            "client \(client) signals \(count) bytes to '\(Self.short(topic.text))'"
        case .hear(let slot): "hear listener \(slot)"
        }
    }

    private static func short(_ name: String) -> String {
        name.utf8.count > 30 ? "\(name.utf8.count) bytes" : name
    }
}
