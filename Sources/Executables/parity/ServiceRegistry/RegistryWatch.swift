import Cluster
import Synchronization

/// A blocking query that was set beside the other requests.
final class RegistryWatch: Sendable {
    let question: RegistryOperation.Question
    let index: UInt64
    /// What was answered before it waited.
    let text: String
    private let found = Mutex<ConsulAnswer?>(nil)

    init(_ question: RegistryOperation.Question, index: UInt64, text: String) {
        self.question = question
        self.index = index
        self.text = text
    }

    var answer: ConsulAnswer? { found.withLock { $0 } }

    func note(_ answer: ConsulAnswer) { found.withLock { $0 = answer } }
}
