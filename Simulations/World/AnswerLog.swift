import Synchronization
import Trials

/// Every answer that people at browsers were given, by machine, in order.
final class AnswerLog: Sendable {
    /// A question and its answer.
    struct Entry: Hashable, Sendable {
        var path: String
        var answer: HTTPAnswer
    }

    private let entries = Mutex<[String: [Entry]]>([:])

    func add(_ path: String, _ answer: HTTPAnswer, to machine: String) {
        entries.withLock { $0[machine, default: []].append(Entry(path: path, answer: answer)) }
    }

    /// The answers to one machine.
    func answers(to machine: String) -> [Entry] { entries.withLock { $0[machine] ?? [] } }
}
